using Fleet.SdkGen;

namespace Fleet.Sdk.Tests;

public sealed class GeneratorTests
{
    [Fact]
    public void The_files_checked_in_are_what_the_generator_makes_of_the_models()
    {
        var generated = Generator.Generate(Repository.Sdk("models"));

        foreach (var (path, content) in generated)
        {
            File.ReadAllText(Repository.Sdk(path)).ShouldBe(content, $"{path} is stale: run 'dotnet run --project src/sdk/Fleet.SdkGen -- src/sdk'");
        }
    }

    [Fact]
    public void No_generated_file_is_left_over()
    {
        var present = Directory.EnumerateFiles(Repository.Sdk(), "*.g.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Sdk(), path).Replace('\\', '/')).Where(path => !path.Contains("/obj/", StringComparison.Ordinal));

        present.Order(StringComparer.Ordinal).ShouldBe(Generator.Generate(Repository.Sdk("models")).Keys.Order(StringComparer.Ordinal));
    }
}
