using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Fleet.Core.Images.Builds;
using Fleet.Core.Inventory;

namespace Fleet.Core.Builds;

/// <summary>Whether a template can be built: whether the builder takes it, and whether the repository that it installs Kubernetes from has the version that its recipe asks for, which a build would find out after ten minutes.</summary>
/// <param name="ports">What is asked.</param>
internal sealed partial class TemplateChecks(BuildPorts ports)
{
    private static readonly ImmutableArray<string> Packages = ["kubeadm", "kubectl", "kubelet"];

    /// <summary>Looks.</summary>
    /// <returns>What speaks against it; and a note where the repository could not be read, which may be reached from the builder's subnet alone.</returns>
    public async Task<(ImmutableArray<InputError> Errors, string? Note)> CheckAsync(BuildOrder order, CancellationToken cancellationToken)
    {
        var errors = await ports.Builder.ValidateAsync(order, cancellationToken).ConfigureAwait(false);
        var (missing, note) = await PackagesAsync(order, cancellationToken).ConfigureAwait(false);
        return ([.. errors, .. missing], note);
    }

    /// <summary>A template that has no variable <c>kubernetes_repository</c> installs in a way of its own, which is not judged.</summary>
    private async Task<(ImmutableArray<InputError> Errors, string? Note)> PackagesAsync(BuildOrder order, CancellationToken cancellationToken)
    {
        var values = await ports.Builder.VariablesAsync(order, cancellationToken).ConfigureAwait(false);
        if (VariableValue.Member(values, "kubernetes_repository", "url") is not { } repository || VariableValue.Text(values, "kubernetes_version") is not { } kubernetes || !Uri.TryCreate(repository, UriKind.Absolute, out var url))
        {
            return ([], null);
        }

        var wanted = $"{kubernetes}-{VariableValue.Text(values, "kubernetes_package_revision") ?? "1.1"}";
        try
        {
            var versions = await ports.Packages.VersionsAsync(url, order.Architecture, Packages, cancellationToken).ConfigureAwait(false);
            return ([.. Packages.Where(package => !versions[package].Contains(wanted)).Select(package => Missing(package, wanted, url, versions[package]))], null);
        }
        catch (IOException unreadable)
        {
            return ([], $"whether {Name(url)} has version {wanted} of {string.Join(", ", Packages)} is not known: {unreadable.Message}");
        }
    }

    private static InputError Missing(string package, string wanted, Uri repository, IEnumerable<string> versions)
    {
        var there = versions.Distinct().OrderBy(InOrder, StringComparer.Ordinal).ToList();
        var allowed = there.Count == 0 ? "none: the repository does not have the package" : $"{(there.Count > 5 ? "…, " : "")}{string.Join(", ", there.TakeLast(5))}";
        return InputError.Argument("version-missing", "spec.kubernetesVersion", wanted, allowed, $"the repository {Name(repository)} has no {package} {wanted}; it has: {allowed}");
    }

    /// <summary>What a version is sorted by: 1.33.10-1.1 is behind 1.33.9-1.1.</summary>
    private static string InOrder(string version) => Number().Replace(version, number => number.Value.PadLeft(9, '0'));

    /// <summary>The address without what may be a secret in it.</summary>
    private static string Name(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
