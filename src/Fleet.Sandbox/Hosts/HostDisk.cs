using System.Text;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cloud.Hosts;

namespace Fleet.Sandbox.Hosts;

/// <summary>The folders of one host: its disk, which its scripts write to, and its state, from which the stand-ins answer. Written here before its first script and never read here afterwards, for what lies there is the scripts'.</summary>
internal static class HostDisk
{
    private const UnixFileMode Sticky = (UnixFileMode)0b1_111_111_111;

    private static readonly string[] Parts = ["etc", "home", "mnt", "opt", "root", "run", "srv", "tmp", "usr-local", "var"];
    private static readonly string[] Memory = ["run", "tmp"];

    /// <summary>Makes a host as it is after its first boot.</summary>
    /// <param name="folder">Where; must not exist yet.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="facts">What its image is like.</param>
    /// <param name="region">Its region.</param>
    public static void Make(string folder, Instance instance, HostFacts facts, string region)
    {
        Directory.CreateDirectory(Path.Combine(folder, "root"));
        WriteAll(Path.Combine(folder, "state"), HostFiles.StateOf(instance, facts, region));
        if (facts.Root is { } root)
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, "disk"), root);
            return;
        }

        foreach (var part in Parts)
        {
            Directory.CreateDirectory(Path.Combine(folder, "disk", part));
        }

        foreach (var inner in (string[])["run/lock", "var/lib/dpkg/info", "var/lib/dpkg/updates", "var/log", "var/cache", "var/tmp", "usr-local/bin", "usr-local/sbin", "usr-local/lib"])
        {
            Directory.CreateDirectory(Path.Combine(folder, "disk", inner));
        }

        Permit(Path.Combine(folder, "disk", "tmp"), Sticky);
        Permit(Path.Combine(folder, "disk", "var/tmp"), Sticky);
        Permit(Path.Combine(folder, "disk", "root"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateSymbolicLink(Path.Combine(folder, "disk", "var/run"), "/run");
        Borrow(Path.Combine(folder, "disk", "etc"));
        WriteAll(Path.Combine(folder, "disk"), HostFiles.Of(instance, facts));
    }

    /// <summary>Takes away what a boot takes away.</summary>
    public static void Reboot(string folder)
    {
        foreach (var entry in Memory.SelectMany(part => new DirectoryInfo(Path.Combine(folder, "disk", part)).EnumerateFileSystemInfos()))
        {
            if (entry is DirectoryInfo { LinkTarget: null } inner)
            {
                inner.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private static void Permit(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, mode);
        }
    }

    /// <summary>What programs of the machine need to be found and loaded: the links of Debian's alternatives, and the loader's cache.</summary>
    private static void Borrow(string etc)
    {
        foreach (var link in Directory.Exists("/etc/alternatives") ? new DirectoryInfo("/etc/alternatives").EnumerateFileSystemInfos() : [])
        {
            if (link.LinkTarget is { } target)
            {
                Directory.CreateDirectory(Path.Combine(etc, "alternatives"));
                File.CreateSymbolicLink(Path.Combine(etc, "alternatives", link.Name), target);
            }
        }

        if (File.Exists("/etc/ld.so.cache"))
        {
            File.Copy("/etc/ld.so.cache", Path.Combine(etc, "ld.so.cache"));
        }
    }

    private static void WriteAll(string folder, IEnumerable<KeyValuePair<string, string>> files)
    {
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name.TrimStart('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text, new UTF8Encoding(false));
        }
    }
}
