using Fleet.Infra.Tests.Tools;

namespace Fleet.Infra.Tests.Container;

public sealed class ContainerfileTests
{
    private static readonly string[] Instructions =
    [
        .. File.ReadAllText(Tool.Path("infra/container/Containerfile")).Replace("\\\n", "", StringComparison.Ordinal).Split('\n').Where(line => line.Length > 0 && line[0] != '#'),
    ];

    [Fact]
    public void The_image_that_runs_has_nothing_of_the_one_that_builds_but_what_was_published()
    {
        Instructions.Count(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ShouldBe(2);
        var run = Last();
        run.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) || line.StartsWith("ADD ", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldBe("COPY --from=build /app /app");
        run.ShouldAllBe(line => !line.Contains("dotnet-sdk", StringComparison.Ordinal));
        Instructions.ShouldContain(line => line.StartsWith("RUN dotnet publish src/Fleet.Cli ", StringComparison.Ordinal) && line.EndsWith(" -o /app", StringComparison.Ordinal));
    }

    [Fact]
    public void It_runs_as_nobody_and_starts_fleet()
    {
        var run = Last().ToList();
        run.Where(line => line.StartsWith("USER ", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldBe("USER 65532:65532");
        run.ShouldContain("""ENTRYPOINT ["dotnet", "/app/fleet.dll"]""");
        run.FindIndex(line => line.StartsWith("USER ", StringComparison.Ordinal)).ShouldBeGreaterThan(run.FindLastIndex(line => line.StartsWith("RUN ", StringComparison.Ordinal)));
    }

    private static string[] Last() => Instructions[Array.FindLastIndex(Instructions, line => line.StartsWith("FROM ", StringComparison.Ordinal))..];
}
