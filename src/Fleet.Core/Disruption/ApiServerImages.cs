using System.Text.RegularExpressions;

namespace Fleet.Core.Disruption;

/// <summary>Images of API servers.</summary>
public static partial class ApiServerImages
{
    /// <summary>Namespace of their static pods.</summary>
    public const string Namespace = "kube-system";

    /// <summary>Label of their static pods, and its value (kubeadm, "Implementation details").</summary>
    public const string Label = "component";

    /// <summary>The label's value.</summary>
    public const string Component = "kube-apiserver";

    /// <summary>The version in an image's tag: of <c>registry.k8s.io/kube-apiserver:v1.33.2</c> that is v1.33.2; null where it is no API server's image, or its tag no version.</summary>
    /// <param name="image">The image as a container names it.</param>
    public static string? VersionOf(string? image) => Form().Match(image ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"(?:\A|/)kube-apiserver(?:-[a-z0-9]+)?:(v?[0-9]+\.[0-9]+\.[0-9]+[A-Za-z0-9._-]*)(?:@sha256:[0-9a-f]{64})?\z")]
    private static partial Regex Form();
}
