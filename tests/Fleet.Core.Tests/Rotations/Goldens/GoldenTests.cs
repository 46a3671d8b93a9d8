namespace Fleet.Core.Tests.Rotations.Goldens;

/// <summary>Whole runs, told line by line and compared byte by byte. FLEET_GOLDENS=write tells them anew; read the difference before it is committed.</summary>
public class GoldenTests
{
    public static TheoryData<string> Names => [.. Scenarios.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_goes_as_it_is_told(string name)
    {
        var scenario = Scenarios.All[name];
        using var stage = scenario.Set();
        var narrative = new Narrative(stage);
        scenario.Play(stage);
        var told = narrative.Tell();
        var file = GoldenFiles.Path(name);
        if (GoldenFiles.Writes)
        {
            File.WriteAllText(file, told);
        }

        told.ShouldBe(File.ReadAllText(file), "FLEET_GOLDENS=write dotnet test tests/Fleet.Core.Tests --filter GoldenTests tells it anew");
    }

    [Fact]
    public void Every_narrative_has_its_scenario() =>
        Directory.GetFiles(Path.GetDirectoryName(GoldenFiles.Path("any"))!, "*.golden").Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(Scenarios.All.Keys, ignoreOrder: true);
}
