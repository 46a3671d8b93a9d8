using System.Reflection;

namespace Fleet.Sdk.Tests.Surface;

public sealed class SurfaceTests
{
    public static TheoryData<string, string> Packages => new()
    {
        { "AWSSDK.EC2", "api-aws.txt" },
        { "AWSSDK.AutoScaling", "api-aws.txt" },
        { "AWSSDK.SimpleSystemsManagement", "api-aws.txt" },
        { "KubernetesClient", "api-kubernetes.txt" },
    };

#if !OFFICIAL_SDKS
    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_public_line_of_a_stand_in_is_one_of_the_official_package(string package, string surface)
    {
        var official = File.ReadLines(Repository.Sdk("models", surface)).Where(line => !line.StartsWith('#')).ToHashSet(StringComparer.Ordinal);

        SurfaceReader.Lines(Assembly.Load(package)).Where(line => !official.Contains(line)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_surface_checked_in_is_the_surface_of_the_stand_in(string package, string surface)
    {
        surface.ShouldNotBeEmpty();
        var lines = SurfaceReader.Lines(Assembly.Load(package)).ToList();
        var file = Repository.Tests("Surface", package + ".txt");
        if (Environment.GetEnvironmentVariable("FLEET_UPDATE_SURFACE") == "1")
        {
            File.WriteAllLines(file, lines);
        }

        File.ReadAllLines(file).AsEnumerable().ShouldBe(lines, customMessage: $"the surface of {package} has changed: run the test with FLEET_UPDATE_SURFACE=1 and check the file in");
    }
#else
    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_line_that_Fleet_relies_on_exists_in_the_official_package(string package, string surface)
    {
        surface.ShouldNotBeEmpty();
        var official = SurfaceReader.Lines(Assembly.Load(package)).ToHashSet(StringComparer.Ordinal);

        File.ReadLines(Repository.Tests("Surface", package + ".txt")).Where(line => !official.Contains(line)).ShouldBeEmpty();
    }
#endif
}
