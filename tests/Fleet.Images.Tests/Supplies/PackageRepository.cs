using System.Security.Cryptography;
using System.Text;

namespace Fleet.Images.Tests.Supplies;

/// <summary>A flat Debian repository: packages, their index, and the release that signs the index.</summary>
internal static class PackageRepository
{
    public static async Task PublishAsync(string folder, SigningKey key, IEnumerable<Package> packages)
    {
        Directory.CreateDirectory(folder);
        var paragraphs = new List<string>();
        foreach (var package in packages)
        {
            paragraphs.Add(await package.BuildAsync(folder));
        }

        var index = Encoding.UTF8.GetBytes(string.Join('\n', paragraphs));
        await File.WriteAllBytesAsync(Path.Combine(folder, "Packages"), index);
        var release = Path.Combine(folder, "Release");
        await File.WriteAllTextAsync(release,
            $"Origin: fleet-tests\nDate: Thu, 01 Jan 2026 00:00:00 UTC\nSHA256:\n {Convert.ToHexStringLower(SHA256.HashData(index))} {index.Length} Packages\n");
        await key.SignAsync(release, Path.Combine(folder, "InRelease"));
    }
}
