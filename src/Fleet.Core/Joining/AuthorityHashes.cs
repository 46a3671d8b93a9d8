using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Fleet.Core.Joining;

/// <summary>By what new nodes know the cluster's CA: SHA-256 of its public key (kubeadm join, "Token-based discovery with CA pinning").</summary>
public static partial class AuthorityHashes
{
    /// <summary>The hashes of all CAs that a kubeconfig names, each as <c>sha256:HEX</c>, in order.</summary>
    /// <param name="kubeconfig">The kubeconfig in cluster-info, as kubeadm writes it.</param>
    /// <exception cref="JoinTokenException">It names none.</exception>
    public static ImmutableArray<string> Of(string? kubeconfig)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(Data().Match(kubeconfig ?? "").Groups[1].Value)));
            ImmutableArray<string> hashes = [.. certificates.Select(Hash).Distinct().Order(StringComparer.Ordinal)];
            return hashes.IsEmpty ? throw None() : hashes;
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException)
        {
            throw None();
        }
    }

    private static JoinTokenException None() =>
        new("ConfigMap cluster-info in kube-public has no kubeconfig with a CA (certificate-authority-data), without which kubeadm join finds no cluster; restore it with 'kubeadm init phase bootstrap-token'");

    private static string Hash(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()))}";
        }
    }

    [GeneratedRegex("^[ -]*certificate-authority-data: *\"?([A-Za-z0-9+/=]+)\"? *\r?$", RegexOptions.Multiline)]
    private static partial Regex Data();
}
