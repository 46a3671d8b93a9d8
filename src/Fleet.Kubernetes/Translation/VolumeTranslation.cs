using System.Collections.Immutable;
using Fleet.Core.Disruption;
using k8s.Models;

namespace Fleet.Kubernetes.Translation;

/// <summary>Attachments, drivers, volumes and claims, as far as a view joins them.</summary>
internal static class VolumeTranslation
{
    private static readonly string[] ZoneKeys = ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone", "topology.ebs.csi.aws.com/zone"];

    public static Attachment Of(V1VolumeAttachment attachment) =>
        new(attachment.Metadata.Name, attachment.Spec?.NodeName ?? "", attachment.Spec?.Source?.PersistentVolumeName ?? "");

    public static ImmutableSortedSet<string> DriversOf(V1CSINode node) => [.. (node.Spec?.Drivers ?? []).Select(driver => driver.Name)];

    public static string? VolumeOf(V1PersistentVolumeClaim claim) => string.IsNullOrEmpty(claim.Spec?.VolumeName) ? null : claim.Spec.VolumeName;

    /// <summary>The zones of a volume's node affinity: its terms are alternatives, and one without a zone leaves it free.</summary>
    public static ImmutableSortedSet<string>? ZonesOf(V1PersistentVolume volume)
    {
        var zones = ImmutableSortedSet<string>.Empty;
        foreach (var term in volume.Spec?.NodeAffinity?.Required?.NodeSelectorTerms ?? [])
        {
            var expression = term.MatchExpressions?.FirstOrDefault(one => ZoneKeys.Contains(one.Key) && one.OperatorProperty == "In");
            if (expression is null)
            {
                return null;
            }

            zones = zones.Union(expression.Values ?? []);
        }

        return zones.IsEmpty ? null : zones;
    }
}
