using System.Diagnostics;

namespace Fleet.Sandbox.Tests.Hosts;

/// <summary>What a host's scripts can and cannot reach.</summary>
public sealed class PrivateRootTests(HostSandbox sandbox) : IClassFixture<HostSandbox>
{
    private static readonly string[] Outside = ["/etc", "/var/tmp", "/root", "/tmp", "/usr/local/share", "/opt", "/home", "/srv", "/mnt"];

    [Fact]
    public async Task Nothing_outside_changes_whatever_a_script_tries()
    {
        var mark = $"fleet-victim-{Guid.NewGuid():N}";
        var victims = Outside.Select(folder => Path.Combine(folder, mark)).ToList();
        victims.ForEach(victim => File.WriteAllText(victim, "whole"));
        try
        {
            var before = Machine();
            var script = $"""
                #!/bin/bash
                for folder in {string.Join(' ', Outside)} /run /var/lib /usr /usr/bin /bin / /dev /proc/sys /sys; do
                  rm -f "$folder/{mark}"; echo broken >"$folder/{mark}"; echo new >"$folder/{mark}.new"
                done
                mount -t tmpfs none /usr; umount /usr; mount -o remount,rw /usr; mount -o remount,bind,rw /usr
                mknod /tmp/disk b 254 0; mknod /root/memory c 1 1
                echo 1 >/proc/sys/vm/drop_caches; echo broken >/proc/sys/kernel/hostname; echo h >/proc/sysrq-trigger
                hostname broken; kill -9 {Environment.ProcessId}; kill -9 -1
                chroot /proc/1/root true; nsenter -t 1 -m true; unshare -m true; date -s 2001-01-01
                ln -s /etc /root/link; echo broken >/root/link/{mark}.linked
                exec 9<>/dev/tcp/127.0.0.1/{sandbox.Host.AwsEndpoint.Port} && echo REACHED
                exit 0
                """;
            var ended = await sandbox.Run(sandbox.Instance(0), script);
            ended.Output.ShouldNotContain("REACHED");
            victims.ShouldAllBe(victim => File.ReadAllText(victim) == "whole");
            Machine().ShouldBe(before);
            string[] elsewhere = [.. Outside, "/run", "/var/lib", "/usr", "/usr/bin", "/"];
            elsewhere.SelectMany(folder => (string[])[Path.Combine(folder, mark + ".new"), Path.Combine(folder, mark + ".linked")]).ShouldAllBe(path => !File.Exists(path));
        }
        finally
        {
            victims.ForEach(File.Delete);
        }
    }

    [Fact]
    public async Task A_hosts_files_stay_between_its_scripts_and_are_its_own()
    {
        var (one, other) = (sandbox.Instance(0), sandbox.Instance(1));
        await sandbox.Run(one, "for folder in /etc /var/lib /root /run /tmp /opt /usr/local/bin; do echo mine >$folder/kept; done");
        const string Look = "cat /etc/kept /var/lib/kept /root/kept /run/kept /tmp/kept /opt/kept /usr/local/bin/kept 2>/dev/null | sort | uniq -c | tr -s ' '; hostname";
        (await sandbox.Run(one, Look)).Output.ShouldStartWith(" 7 mine\nip-");
        (await sandbox.Run(other, Look)).Output.ShouldStartWith("ip-");
    }

    [Fact]
    public async Task A_planted_link_leads_nowhere_outside()
    {
        var id = sandbox.Instance(2);
        var mark = $"/tmp/fleet-planted-{Guid.NewGuid():N}";
        await sandbox.Run(id, $"rm -rf /var/lib/amazon /fleet-host/state/swaps; ln -s {mark} /var/lib/amazon; ln -s {mark} /fleet-host/state/swaps");
        await sandbox.Run(id, "true");
        Path.Exists(mark).ShouldBeFalse();
    }

    [Fact]
    public async Task Every_stand_in_is_first_on_the_path_and_passes_shellcheck()
    {
        var files = Path.Combine(Root(), "src/Fleet.Sandbox/Hosts/Files");
        var names = new DirectoryInfo(Path.Combine(files, "bin")).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal).ToList();
        var found = await sandbox.Run(sandbox.Instance(1), $"for name in {string.Join(' ', names)}; do command -v $name; done");
        found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(names.Select(name => $"/fleet-host/shared/bin/{name}"), ignoreOrder: true);

        using var check = Process.Start(new ProcessStartInfo("bash", ["-c", "cd bin && shellcheck -S warning -x * && cd .. && shellcheck -S warning *.bash"]) { WorkingDirectory = files, RedirectStandardOutput = true })!;
        var output = await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();
        check.ExitCode.ShouldBe(0, output);
    }

    private static string Machine() => string.Join('\n', Directory.GetFileSystemEntries("/etc", "*", SearchOption.TopDirectoryOnly).Concat(Directory.GetFileSystemEntries("/usr")).Concat(Directory.GetFileSystemEntries("/dev"))
        .Order(StringComparer.Ordinal).Select(path => $"{path} {new FileInfo(path).UnixFileMode}")) + File.ReadAllText("/proc/sys/kernel/hostname") + File.ReadAllText("/proc/sys/kernel/ostype");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Fleet.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
