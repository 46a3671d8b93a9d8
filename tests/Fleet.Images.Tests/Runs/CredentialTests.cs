using Fleet.Core.Images.Builds;
using Fleet.Images.Tests.Builds;
using Fleet.Tools.Packer;

namespace Fleet.Images.Tests.Runs;

/// <summary>Credentials that end while Debian's packer builds.</summary>
public sealed class CredentialTests
{
    /// <summary>What packer's SDK counts as too little to begin a call with.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Packer_asks_again_before_its_credentials_end_and_signs_with_the_new_ones()
    {
        await using var bench = await BuildBench.WaitingAsync();
        bench.LetGo();
        var given = 0;
        var order = new BuildOrder
        {
            Recipe = "tiny",
            Version = "0123456789ab",
            Run = "run-1",
            ImageName = "fleet-tiny-1.33.2-x86-64-0123456789ab",
            Region = "eu-west-1",
            Architecture = "x86_64",
            SourceImage = BuildSite.BaseImage,
            KubernetesVersion = "1.33.2",
            Folder = Path.Combine(bench.Folder, "packer/tiny"),
            Variables = new Dictionary<string, string>(),
            Credentials = _ => Task.FromResult(new BuilderCredentials($"AKIAEXAMPLE{Interlocked.Increment(ref given)}", "the+very/secret", "the-token", TimeProvider.System.GetUtcNow() + Spare + TimeSpan.FromSeconds(1))),
            Ec2Endpoint = bench.Site.Ec2.Url,
            Trusted = true,
        };

        await using var build = new PackerBuilder(new PackerOptions(), TimeProvider.System).Start(order);
        var result = await build.Completion;

        result.Failure.ShouldBeNull();
        (await bench.ImagesAsync()).ShouldHaveSingleItem();
        var keys = bench.Site.Ec2.AccessKeys.Where(key => key.StartsWith("AKIAEXAMPLE", StringComparison.Ordinal)).ToList();
        keys.Count.ShouldBeGreaterThan(1);
        keys.ShouldBe(keys.OrderBy(key => int.Parse(key["AKIAEXAMPLE".Length..])));
        bench.Site.Ec2.AccessKeys.ShouldBe(keys, "packer signs with nothing else");
    }
}
