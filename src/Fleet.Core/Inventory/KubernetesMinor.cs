using System.Globalization;
using System.Text.RegularExpressions;

namespace Fleet.Core.Inventory;

/// <summary>A minor version of Kubernetes, by which components may differ or not (Kubernetes, "Version Skew Policy").</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second one.</param>
public readonly partial record struct KubernetesMinor(int Major, int Minor)
{
    /// <summary>The minor of a version like <c>v1.33.2</c>, <c>1.33.2</c> or <c>v1.33.2-eks-1a2b3c</c>; null where it is none.</summary>
    public static KubernetesMinor? Of(string? version) => Form().Match(version ?? "") is { Success: true } match
        ? new(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    /// <summary>Whether it comes after another one.</summary>
    public bool IsNewerThan(KubernetesMinor other) => (Major, Minor).CompareTo((other.Major, other.Minor)) > 0;

    /// <summary>Whether a kubelet of this minor is too old for an API server: at most three minors lie between, two where the kubelet is older than 1.25.</summary>
    public bool IsTooOldFor(KubernetesMinor server) => Major < server.Major || (Major == server.Major && server.Minor - Minor > (Minor < 25 ? 2 : 3));

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}";

    [GeneratedRegex(@"\Av?([0-9]{1,4})\.([0-9]{1,4})(?:[.+-]|\z)")]
    private static partial Regex Form();
}
