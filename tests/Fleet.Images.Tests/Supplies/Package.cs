using System.Security.Cryptography;
using Fleet.Infra.Tests.Tools;

namespace Fleet.Images.Tests.Supplies;

/// <summary>A Debian package that the test makes; its files are paths and texts, programs those under a bin folder.</summary>
internal sealed record Package(string Name, string Version, IReadOnlyDictionary<string, string> Files, string Depends = "", string Conflicts = "")
{
    /// <summary>Builds it into a folder; gives back its paragraph of the repository's index.</summary>
    public async Task<string> BuildAsync(string folder)
    {
        var tree = Directory.CreateTempSubdirectory("fleet-package-");
        try
        {
            var control = $"Package: {Name}\nVersion: {Version}\nArchitecture: amd64\nMaintainer: Fleet's tests <tests@example.com>\n" +
                (Depends == "" ? "" : $"Depends: {Depends}\n") + (Conflicts == "" ? "" : $"Conflicts: {Conflicts}\n") + $"Description: stands in for {Name}\n";
            Write(tree.FullName, "DEBIAN/control", control);
            foreach (var (path, text) in Files)
            {
                Write(tree.FullName, path, text);
            }

            var file = $"{Name}_{Version.Replace(':', '.')}_amd64.deb";
            await Tool.RunAsync("dpkg-deb", folder, ["--root-owner-group", "-Znone", "--build", tree.FullName, file]);
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, file));
            return control + $"Filename: ./{file}\nSize: {bytes.Length}\nSHA256: {Convert.ToHexStringLower(SHA256.HashData(bytes))}\n";
        }
        finally
        {
            tree.Delete(recursive: true);
        }
    }

    private static void Write(string tree, string path, string text)
    {
        var file = Path.Combine(tree, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, (UnixFileMode)(path.Contains("bin/", StringComparison.Ordinal) ? 0b111_101_101 : 0b110_100_100));
    }
}
