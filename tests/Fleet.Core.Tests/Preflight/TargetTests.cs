using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Rotations.Preflight;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Storage;
using Fleet.Simulation.Worlds;
using RotationTarget = Fleet.Core.Rotations.RotationTarget;

namespace Fleet.Core.Tests.Preflight;

/// <summary>What a rotation's target comes to: a recipe's newest image, or the way back.</summary>
public class TargetTests
{
    private static readonly WorldSpec Plain = Rotations.Worlds.Plain(4);

    [Fact]
    public async Task The_newest_stable_image_of_a_recipe_is_the_target()
    {
        var result = await CheckAsync(request => request with { Recipe = "worker", Versions = [Version("aaa", ImageState.Stable, "ami-old", 1), Version("bbb", ImageState.Stable, "ami-new", 2), Version("ccc", ImageState.Candidate, "ami-arm", 3)] });
        result.Problems.ShouldBeEmpty();
        result.Spec!.Target.ShouldBe(new RotationTarget { ImageId = "ami-new", Recipe = "worker/bbb" });
        result.Plan!.Nodes.Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_pool_that_tries_new_images_gets_the_candidate()
    {
        var result = await CheckAsync(request => request with
        {
            Pool = request.Pool with { Image = new ImageSource { Recipe = "worker", Channel = ImageChannel.Candidate } },
            Versions = [Version("aaa", ImageState.Stable, "ami-old", 1), Version("bbb", ImageState.Candidate, "ami-new", 2)],
        });
        result.Spec!.Target.ImageId.ShouldBe("ami-new");
    }

    [Theory]
    [InlineData("none", "recipe worker has no image yet")]
    [InlineData("candidate", "recipe worker has no stable image: 1 candidate")]
    [InlineData("elsewhere", "recipe worker has no stable image in region eu-central-1; it has some in us-east-1")]
    [InlineData("gone", "there is no image ami-gone in region eu-central-1")]
    [InlineData("arm", "image ami-arm is for arm64")]
    public async Task A_recipe_without_a_fitting_image_is_refused(string what, string message)
    {
        var result = await CheckAsync(request => request with
        {
            Recipe = "worker",
            Versions = what switch
            {
                "none" => [],
                "candidate" => [Version("aaa", ImageState.Candidate, "ami-new", 1)],
                "elsewhere" => [Version("aaa", ImageState.Stable, "ami-new", 1, "us-east-1")],
                "gone" => [Version("aaa", ImageState.Stable, "ami-gone", 1)],
                _ => [Version("aaa", ImageState.Stable, "ami-arm", 1)],
            },
        });
        result.Problems.ShouldHaveSingleItem().Sentence.ShouldContain(message);
    }

    [Fact]
    public async Task The_way_back_is_each_groups_own_version()
    {
        var template = Template();
        var result = await CheckAsync(request => request with { LastGood = new Dictionary<string, string> { ["workers"] = $"{template}:1", ["gone"] = "lt-0:7" } });
        result.Problems.ShouldBeEmpty();
        result.Spec!.Target.VersionOf("workers").ShouldBe(1);
        result.Spec.Target.ToString().ShouldBe("the last good template versions (workers: 1)");
        result.Plan!.Nodes.ShouldBeEmpty("every instance has it already");
        RotationJson.Read<RotationSpec>(RotationJson.Write(result.Spec)).Target.VersionOf("workers").ShouldBe(1);
    }

    [Theory]
    [InlineData("", "no-last-good", "no rotation of it has succeeded yet")]
    [InlineData("others=lt-1:3", "no-last-good", "it was not in the pool when a rotation last succeeded")]
    [InlineData("workers=lt-1:3", "last-good-elsewhere", "its last good version is 3 of lt-1")]
    [InlineData("workers=TEMPLATE:42", "template-version-missing", "the last good version of group workers, 42 of launch template lt-")]
    public async Task Where_there_is_no_way_back_it_says_why(string remembered, string code, string message)
    {
        var entries = remembered.Replace("TEMPLATE", Template(), StringComparison.Ordinal).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=')).ToDictionary(entry => entry[0], entry => entry[1]);
        var result = await CheckAsync(request => request with { LastGood = entries });
        var problem = result.Problems.ShouldHaveSingleItem();
        problem.Code.ShouldBe(code);
        problem.Sentence.ShouldContain(message);
        problem.Cure.ShouldBe("name a target: --template-version, --image or --recipe");
    }

    private static ImageRecord Version(string version, ImageState state, string image, int day, string region = "eu-central-1") => new()
    {
        Recipe = "worker",
        Version = version,
        Source = version,
        Name = $"worker-{version}",
        Account = "123456789012",
        KubernetesVersion = "1.33.2",
        Architecture = "x86_64",
        BaseImage = "ami-base",
        Run = "run",
        State = state,
        Copies = [new ImageCopy(region, image, [])],
        Created = Rotations.Worlds.Start.AddDays(day),
        Changed = Rotations.Worlds.Start.AddDays(day),
        Promoted = state == ImageState.Stable ? Rotations.Worlds.Start.AddDays(day) : null,
    };

    private static string Template() => WorldBuilder.Build(Plain, 1, Rotations.Worlds.Start).Cloud.Groups["workers"].TemplateId!;

    private static async Task<PreflightResult> CheckAsync(Func<RotationRequest, RotationRequest> change)
    {
        var spec = Plain with { Images = Plain.Images.Add(new ImageSpec { Id = "ami-arm", Architecture = "arm64" }) };
        var world = WorldBuilder.Build(spec, 1, Rotations.Worlds.Start);
        using var cluster = new SimulatedCluster(world);
        var rotation = Rotations.Worlds.Spec(spec, world);
        return await RotationPreflight.RunAsync(SimulatedPorts.Of(world, cluster, new MemoryStore()), change(new RotationRequest { Cluster = rotation.Cluster, Pool = rotation.Pool }), CancellationToken.None);
    }
}
