using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Images;
using Fleet.Core.Rotations.Preflight;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Storage;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Preflight;

/// <summary>An image whose kubelet is newer than an API server of the cluster is refused, by the oldest of them.</summary>
public class SkewTests
{
    [Fact]
    public async Task An_image_that_is_newer_than_the_oldest_API_server_is_refused()
    {
        var problem = (await CheckAsync(["v1.34.1", "v1.34.1", "v1.33.6"], tag: "1.34.0")).Problems.ShouldHaveSingleItem();

        problem.Code.ShouldBe("image-too-new");
        problem.Object.ShouldBe("image ami-new");
        problem.Sentence.ShouldBe("image ami-new has Kubernetes 1.34, but of the API servers of cluster test pod kube-system/kube-apiserver-control-plane-3 is at v1.33.6: a kubelet must not be newer than any of them");
        (problem.Limit, problem.Value).ShouldBe(("Kubernetes 1.33 or older", "1.34"));
        problem.Cure.ShouldBe("upgrade the control plane to 1.34 first, or name an image of Kubernetes 1.33");
    }

    [Fact]
    public async Task Where_no_API_server_is_a_pod_the_endpoint_counts() =>
        (await CheckAsync([], tag: "1.34.0")).Problems.ShouldHaveSingleItem().Sentence.ShouldContain("of the API servers of cluster test the endpoint is at v1.33.2");

    [Fact]
    public async Task An_image_that_is_more_than_three_minors_older_than_the_newest_API_server_is_refused()
    {
        var problem = (await CheckAsync(["v1.34.1", "v1.35.0"], tag: "1.31.0")).Problems.ShouldHaveSingleItem();

        problem.Code.ShouldBe("image-too-old");
        problem.Sentence.ShouldBe("image ami-new has Kubernetes 1.31, but of the API servers of cluster test pod kube-system/kube-apiserver-control-plane-2 is at v1.35.0: a kubelet may be at most three minors older than any of them, two before 1.25");
        (problem.Limit, problem.Value, problem.Cure).ShouldBe(("at most three minors older than 1.35, two before 1.25", "1.31", "name an image that is nearer to Kubernetes 1.35"));
    }

    [Fact]
    public async Task An_image_before_1_25_is_refused_one_minor_earlier() => (await CheckAsync(["v1.27.0"], tag: "1.24.17")).Problems.ShouldHaveSingleItem().Code.ShouldBe("image-too-old");

    [Theory]
    [InlineData("1.24.17", "v1.26.0")]
    [InlineData("1.25.0", "v1.28.0")]
    [InlineData("1.34.9", "v1.34.1")]
    [InlineData("1.33.0", "v1.34.1")]
    [InlineData("1.31.0", "v1.34.1")]
    [InlineData(null, "v1.20.0")]
    [InlineData("unknown", "v1.20.0")]
    public async Task An_image_of_the_same_minor_or_an_older_one_or_of_none_passes(string? tag, string server) =>
        (await CheckAsync([server], tag)).Problems.ShouldBeEmpty();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_recorded_of_an_image_counts_before_its_tag(bool byRecipe)
    {
        var record = new ImageRecord
        {
            Recipe = "worker",
            Version = "aaa",
            Source = "aaa",
            Name = "worker-aaa",
            Account = "123456789012",
            KubernetesVersion = "1.35.1",
            Architecture = "x86_64",
            BaseImage = "ami-base",
            Run = "run",
            State = ImageState.Stable,
            Copies = [new ImageCopy("eu-central-1", "ami-new", [])],
            Created = Rotations.Worlds.Start,
            Changed = Rotations.Worlds.Start,
            Promoted = Rotations.Worlds.Start,
        };

        var result = await CheckAsync(["v1.34.1"], tag: "1.34.0", request => byRecipe ? request with { Image = null, Recipe = "worker", Versions = [record] } : request with { Versions = [record] });

        result.Problems.ShouldHaveSingleItem().Value.ShouldBe("1.35");
    }

    [Fact]
    public async Task The_way_back_is_held_to_it_too()
    {
        var result = await CheckAsync(["v1.33.2"], tag: null, request => request with { Image = null, LastGood = new Dictionary<string, string> { ["workers"] = $"{Template()}:1" } }, oldTag: "1.34.0");

        result.Problems.ShouldHaveSingleItem().Code.ShouldBe("image-too-new");
    }

    [Fact]
    public async Task API_servers_that_cannot_be_asked_are_a_problem_of_the_cluster()
    {
        var result = await CheckAsync(["v1.34.1"], tag: "1.34.0", ports: ports => ports with { ApiServers = new Silent() });

        result.Problems.ShouldHaveSingleItem().Code.ShouldBe("cluster-unreachable");
    }

    private static string Template() => WorldBuilder.Build(Rotations.Worlds.Plain(2), 1, Rotations.Worlds.Start).Cloud.Groups["workers"].TemplateId!;

    private static async Task<PreflightResult> CheckAsync(
        ImmutableArray<string> servers, string? tag, Func<RotationRequest, RotationRequest>? change = null, string? oldTag = null, Func<Core.Rotations.RotationPorts, Core.Rotations.RotationPorts>? ports = null)
    {
        var spec = Rotations.Worlds.Plain(2) with
        {
            ApiServers = servers,
            Images = [new ImageSpec { Id = "ami-old", Tags = Tags(oldTag) }, new ImageSpec { Id = "ami-new", Age = TimeSpan.FromDays(1), Tags = Tags(tag) }],
        };
        var world = WorldBuilder.Build(spec, 1, Rotations.Worlds.Start);
        using var cluster = new SimulatedCluster(world);
        var rotation = Rotations.Worlds.Spec(spec, world);
        var request = new RotationRequest { Cluster = rotation.Cluster, Pool = rotation.Pool, Image = "ami-new" };
        var reached = SimulatedPorts.Of(world, cluster, new MemoryStore());
        return await RotationPreflight.RunAsync(ports?.Invoke(reached) ?? reached, change?.Invoke(request) ?? request, CancellationToken.None);
    }

    private static ImmutableSortedDictionary<string, string> Tags(string? kubernetes) =>
        kubernetes is null ? ImmutableSortedDictionary<string, string>.Empty : ImmutableSortedDictionary<string, string>.Empty.Add(ImageTags.Kubernetes, kubernetes);

    private sealed class Silent : IApiServers
    {
        public Task<IReadOnlyList<ApiServerVersion>> VersionsAsync(CancellationToken cancellationToken) => throw new ClusterUnreachableException("unreachable", "the API server does not answer");
    }
}
