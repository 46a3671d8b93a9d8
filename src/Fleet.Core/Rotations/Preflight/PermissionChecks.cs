using Fleet.Core.Disruption;
using Fleet.Core.Runs;
using Fleet.Core.Templates;
using static Fleet.Core.Rotations.Preflight.PreflightReasons;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>
/// Whether Fleet may do what it is about to do, as far as can be asked without doing it: Kubernetes by access reviews, EC2 by its dry run. Auto Scaling has no dry run,
/// so that a permission that is missing there shows at the first write that needs it.
/// </summary>
internal static class PermissionChecks
{
    /// <summary>What Fleet's Kubernetes user lacks.</summary>
    public static async Task<IEnumerable<Reason>> ClusterAsync(RotationPorts ports, RotationRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<ClusterPermission> needed = request.ForceUntil is null ? ClusterPermissions.OfRotation : [.. ClusterPermissions.OfRotation, ClusterPermissions.OfForce];
        var missing = await ports.Permissions.MissingAsync(needed, cancellationToken).ConfigureAwait(false);
        return missing.Select(permission => Refusal(
            "permission-missing",
            $"cluster {request.Cluster.Name}",
            $"Fleet's user in cluster {request.Cluster.Name} may not {permission}",
            $"{permission}",
            "not allowed",
            permission.Namespace is null ? $"bind a ClusterRole that allows {permission} to Fleet's user" : $"bind a Role that allows {permission} to Fleet's user"));
    }

    /// <summary>Whether new template versions may be written where one is needed.</summary>
    public static async Task<IReadOnlyList<Reason>> TemplatesAsync(RotationPorts ports, RotationTarget target, IEnumerable<TemplateVersion> versions, CancellationToken cancellationToken)
    {
        var missing = new List<Reason>();
        foreach (var source in versions.Where(version => target.Changes is { } changes && !TemplateComparison.Has(version, changes)).DistinctBy(version => version.TemplateId))
        {
            if (!await ports.Templates.MayCreateVersionAsync(source.TemplateId, source.Number, target.ImageId!, cancellationToken).ConfigureAwait(false))
            {
                missing.Add(Refusal(
                    "permission-missing",
                    $"launch template {source.TemplateId}",
                    $"Fleet's role may not write a version of launch template {source.TemplateId}: ec2:CreateLaunchTemplateVersion is denied",
                    "permission ec2:CreateLaunchTemplateVersion",
                    "not allowed",
                    "grant ec2:CreateLaunchTemplateVersion to Fleet's role"));
            }
        }

        return missing;
    }
}
