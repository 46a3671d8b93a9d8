using System.Security.Cryptography;
using System.Text;

namespace Fleet.Core.Images;

/// <summary>
/// The digest that makes an image's version content-addressed: the same template, scripts, variables, base image, architecture and Kubernetes version give the same version on every machine, and anything else another one.
/// Each part goes in with its length before it, so that no two different sources write the same bytes.
/// </summary>
public static class SourceHash
{
    private const int VersionLength = 12;

    /// <summary>The digest, 64 hexadecimal digits.</summary>
    /// <param name="source">What the image is made from.</param>
    public static string Of(ImageSourceText source)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "fleet image source 1");
        Add(hash, source.KubernetesVersion);
        Add(hash, source.Architecture);
        Add(hash, source.BaseImage);
        Add(hash, $"{source.Variables.Count}");
        foreach (var (name, value) in source.Variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            Add(hash, name);
            Add(hash, value);
        }

        Add(hash, $"{source.VariableFiles.Count}");
        foreach (var file in source.VariableFiles)
        {
            Add(hash, file);
        }

        Add(hash, $"{source.Files.Count}");
        foreach (var file in source.Files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            Add(hash, file.Path);
            Add(hash, file.Executable ? "x" : "-");
            Add(hash, file.Digest);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The version that a digest stands for: its first twelve digits.</summary>
    public static string Version(string digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        return digest[..VersionLength];
    }

    private static void Add(IncrementalHash hash, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        Span<byte> length = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
