using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Pools;
using Fleet.Core.Rotations;
using Fleet.Core.Rotations.Preflight;
using Fleet.Core.Templates;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Storage;
using Fleet.Simulation.Worlds;
using TemplateSpec = Fleet.Core.Inventory.Pools.TemplateSpec;

namespace Fleet.Core.Tests.Preflight;

/// <summary>What a pool declares of its machines is rendered and fixed when a run is asked for, or refused.</summary>
public class DeclaredTests
{
    private static readonly ClusterJoin Join = new() { Endpoint = "api:6443", Parameter = "/fleet/clusters/test/join" };

    [Fact]
    public async Task User_data_is_rendered_into_the_run_and_shown_in_the_plan()
    {
        var result = await CheckAsync(new() { UserData = UserDataTemplate.Worker }, Join);

        result.Problems.ShouldBeEmpty();
        var kept = RotationJson.Read<RotationSpec>(RotationJson.Write(result.Spec!)).Target.Changes.ShouldNotBeNull();
        kept.UserData.ShouldNotBeNull().ShouldContain("/fleet/clusters/test/join");
        kept.Digest.ShouldBe(result.Spec!.Target.Changes!.Digest, "a run that is taken up writes the same version under the same token");
        var version = result.Plan!.Versions.ShouldHaveSingleItem();
        version.Differences.Select(difference => difference.Field).ShouldBe(["ImageId", "UserData", "MetadataOptions.HttpTokens", "MetadataOptions.HttpPutResponseHopLimit"], ignoreOrder: true);
    }

    [Fact]
    public async Task User_data_that_cannot_be_rendered_is_refused_with_the_reason()
    {
        var problem = (await CheckAsync(new() { UserData = UserDataTemplate.Worker }, join: null)).Problems.ShouldHaveSingleItem();

        problem.Code.ShouldBe("user-data");
        problem.Sentence.ShouldStartWith("cluster test has no spec.join");
        problem.Sentence.ShouldNotContain("Parameter '");
    }

    [Fact]
    public async Task A_root_volume_without_a_root_device_is_refused()
    {
        var problem = (await CheckAsync(new() { RootVolume = new() }, Join, ports => ports with { Images = new Rootless(ports.Images) })).Problems.ShouldHaveSingleItem();

        problem.Code.ShouldBe("image-root-device");
        problem.Object.ShouldBe("image ami-new");
    }

    [Fact]
    public async Task A_pool_that_declares_nothing_changes_the_image_alone()
    {
        var result = await CheckAsync(null, Join);

        result.Spec!.Target.Declared.ShouldBeNull();
        result.Plan!.Versions.ShouldHaveSingleItem().Differences.ShouldHaveSingleItem().ToString().ShouldBe("ImageId: ami-old -> ami-new");
    }

    private static async Task<PreflightResult> CheckAsync(TemplateSpec? template, ClusterJoin? join, Func<RotationPorts, RotationPorts>? change = null)
    {
        var spec = Rotations.Worlds.Plain(2);
        var world = WorldBuilder.Build(spec, 1, Rotations.Worlds.Start);
        using var cluster = new SimulatedCluster(world);
        var rotation = Rotations.Worlds.Spec(spec, world);
        var ports = SimulatedPorts.Of(world, cluster, new MemoryStore());
        var request = new RotationRequest { Cluster = rotation.Cluster with { Join = join }, Pool = rotation.Pool with { Template = template }, Image = "ami-new" };
        return await RotationPreflight.RunAsync(change?.Invoke(ports) ?? ports, request, CancellationToken.None);
    }

    private sealed class Rootless(IMachineImages images) : IMachineImages
    {
        public async Task<MachineImage?> ResolveAsync(ImageSource source, CancellationToken cancellationToken) =>
            await images.ResolveAsync(source, cancellationToken) is { } image ? image with { RootDeviceName = null } : null;

        public Task<IReadOnlyList<string>> ArchitecturesAsync(string instanceType, CancellationToken cancellationToken) => images.ArchitecturesAsync(instanceType, cancellationToken);
    }
}
