using System.Security.Cryptography;
using Fleet.Infra.Tests.Tools;

namespace Fleet.Images.Tests.Machines;

/// <summary>All files of a machine with kind, mode, owner and content.</summary>
internal sealed class Snapshot
{
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    public static async Task<Snapshot> OfAsync(Machine machine)
    {
        var snapshot = new Snapshot();
        // What is made anew at each boot is no part of an image.
        var listed = await Tool.RunAsync("find", machine.Root, [".", "(", "-path", "./run", "-o", "-path", "./proc", "-o", "-path", "./dev", ")", "-prune", "-o", "-printf", @"%P\t%y %m %U:%G %l\n"]);
        foreach (var line in listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', 2)))
        {
            var file = Path.Combine(machine.Root, line[0]);
            snapshot._files[line[0]] = line[1] + (line[1].StartsWith("f ", StringComparison.Ordinal) ? Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))) : "");
        }

        return snapshot;
    }

    /// <summary>What the other has otherwise, has more, or has not.</summary>
    public IReadOnlyList<string> Differences(Snapshot other) =>
        [.. _files.Keys.Union(other._files.Keys).Order(StringComparer.Ordinal).Where(path => _files.GetValueOrDefault(path) != other._files.GetValueOrDefault(path))
            .Select(path => $"{path}: {_files.GetValueOrDefault(path, "absent")} -> {other._files.GetValueOrDefault(path, "absent")}")];
}
