using System.Diagnostics;
using Fleet.Infra.Tests.Tools;

namespace Fleet.Images.Tests.Machines;

/// <summary>A machine's root file system: the base image below, and above it in memory what was written. It is mounted for a process of ours alone, and is gone with it.</summary>
internal sealed class Disk : IAsyncDisposable
{
    private const string Mount = """
        set -e
        mount -t tmpfs tmpfs "$1"
        mkdir "$1/written" "$1/work" "$1/root"
        [ -z "$2" ] || cp -a "$2/." "$1/written/"
        mount -t overlay overlay -o "lowerdir=$0,upperdir=$1/written,workdir=$1/work" "$1/root"
        mount -t proc proc "$1/root/proc"
        echo mounted
        read -r _

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-machine-");
    private readonly Process _holder;

    private Disk(string written)
    {
        var image = Tool.Path(".cache/debian-12");
        if (!File.Exists(Path.Combine(image, "ready")))
        {
            throw new InvalidOperationException("the root of a Debian 12 machine is missing; make it with: bash tests/install.sh");
        }

        // It waits for its standard input, which ends with this process, whatever happens to it.
        _holder = Process.Start(new ProcessStartInfo("unshare", ["--mount", "sh", "-c", Mount, Path.Combine(image, "root"), _folder.FullName, written])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>The process in whose mount namespace the disk is.</summary>
    public int Holder => _holder.Id;

    /// <summary>The disk's folder there.</summary>
    public string Mounted => Path.Combine(_folder.FullName, "root");

    /// <summary>The disk's folder as every process sees it.</summary>
    public string Root => $"/proc/{Holder}/root{Mounted}";

    public static Task<Disk> CreateAsync() => MountedAsync(new Disk(""));

    /// <summary>Another disk with this one's content.</summary>
    public Task<Disk> CopyAsync() => MountedAsync(new Disk($"/proc/{Holder}/root{_folder.FullName}/written"));

    public async ValueTask DisposeAsync()
    {
        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
        _folder.Delete();
    }

    private static async Task<Disk> MountedAsync(Disk disk)
    {
        (await disk._holder.StandardOutput.ReadLineAsync()).ShouldBe("mounted", "a machine's disk needs the rights of root: mounts");
        return disk;
    }
}
