using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Core.Templates;
using static Fleet.Core.Rotations.Preflight.PreflightReasons;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>Whether an image's kubelet is too new or too old for the cluster: it must not be newer than any of the API servers, and at most three minors older (Kubernetes, "Version Skew Policy").</summary>
internal static class SkewChecks
{
    /// <summary>What is wrong; nothing where the version of the image or of the API servers is not known.</summary>
    public static async Task<IEnumerable<Reason>> OfAsync(RotationPorts ports, RotationRequest request, MachineImage image, CancellationToken cancellationToken)
    {
        var recorded = request.Versions.FirstOrDefault(version => version.Copies.Any(copy => copy.ImageId == image.Id))?.KubernetesVersion;
        if (KubernetesMinor.Of(recorded ?? image.KubernetesVersion) is not { } wanted)
        {
            return [];
        }

        IReadOnlyList<ApiServerVersion> servers;
        try
        {
            servers = await ports.ApiServers.VersionsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ClusterUnreachableException unreachable)
        {
            return [OfCluster(request.Cluster.Name, unreachable)];
        }

        var known = servers.Select(server => (Server: server, Minor: KubernetesMinor.Of(server.Version))).Where(server => server.Minor is not null)
            .OrderBy(server => server.Minor!.Value.Major).ThenBy(server => server.Minor!.Value.Minor).Select(server => (server.Server, Minor: server.Minor!.Value)).ToList();
        if (known.Count == 0)
        {
            return [];
        }

        return wanted.IsNewerThan(known[0].Minor) ? [TooNew(request, image, wanted, known[0])] : wanted.IsTooOldFor(known[^1].Minor) ? [TooOld(request, image, wanted, known[^1])] : [];
    }

    private static Reason TooNew(RotationRequest request, MachineImage image, KubernetesMinor wanted, (ApiServerVersion Server, KubernetesMinor Minor) oldest) => Refusal(
        "image-too-new",
        $"image {image.Id}",
        $"image {image.Id} has Kubernetes {wanted}, but of the API servers of cluster {request.Cluster.Name} {oldest.Server.Name} is at {oldest.Server.Version}: a kubelet must not be newer than any of them",
        $"Kubernetes {oldest.Minor} or older",
        $"{wanted}",
        $"upgrade the control plane to {wanted} first, or name an image of Kubernetes {oldest.Minor}");

    private static Reason TooOld(RotationRequest request, MachineImage image, KubernetesMinor wanted, (ApiServerVersion Server, KubernetesMinor Minor) newest) => Refusal(
        "image-too-old",
        $"image {image.Id}",
        $"image {image.Id} has Kubernetes {wanted}, but of the API servers of cluster {request.Cluster.Name} {newest.Server.Name} is at {newest.Server.Version}: a kubelet may be at most three minors older than any of them, two before 1.25",
        $"at most three minors older than {newest.Minor}, two before 1.25",
        $"{wanted}",
        $"name an image that is nearer to Kubernetes {newest.Minor}");
}
