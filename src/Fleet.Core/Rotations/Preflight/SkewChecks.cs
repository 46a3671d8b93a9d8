using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Core.Templates;
using static Fleet.Core.Rotations.Preflight.PreflightReasons;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>Whether an image's kubelet is too new for the cluster: it must not be newer than any of the API servers (Kubernetes, "Version Skew Policy").</summary>
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

        var known = servers.Select(server => (server.Name, server.Version, Minor: KubernetesMinor.Of(server.Version))).Where(server => server.Minor is not null);
        var oldest = known.OrderBy(server => server.Minor!.Value.Major).ThenBy(server => server.Minor!.Value.Minor).FirstOrDefault();
        if (oldest.Minor is not { } least || !wanted.IsNewerThan(least))
        {
            return [];
        }

        return
        [
            Refusal(
                "image-too-new",
                $"image {image.Id}",
                $"image {image.Id} has Kubernetes {wanted}, but of the API servers of cluster {request.Cluster.Name} {oldest.Name} is at {oldest.Version}: a kubelet must not be newer than any of them",
                $"Kubernetes {least} or older",
                $"{wanted}",
                $"upgrade the control plane to {wanted} first, or name an image of Kubernetes {least}"),
        ];
    }
}
