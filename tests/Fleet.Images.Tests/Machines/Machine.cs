using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Fleet.Infra.Tests.Tools;

namespace Fleet.Images.Tests.Machines;

/// <summary>A Debian 12 machine as far as a chroot is one: its own files and processes, and sshd on a port of this host. Nothing boots: there is no systemd.</summary>
internal sealed class Machine : IAsyncDisposable
{
    /// <summary>Nothing of the environment of whoever runs the tests: folders that it names are not on the machine.</summary>
    private static readonly string[] Clean = ["/usr/bin/env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8"];

    private readonly Disk _disk;
    private Process? _sshd;

    private Machine(Disk disk) => _disk = disk;

    public int Port { get; private set; }

    /// <summary>The folder that is the machine's /.</summary>
    public string Root => _disk.Root;

    /// <summary>A machine from the base image, with what a first boot and people before have left on it.</summary>
    public static async Task<Machine> CreateAsync(Supplies.Supplies supplies)
    {
        var machine = new Machine(await Disk.CreateAsync());
        await machine.RunAsync("useradd", "--create-home", "--shell", "/bin/bash", "--password", "*", "admin");
        machine.Write("etc/apt/keyrings/archive.asc", supplies.Key);
        machine.Write("etc/apt/sources.list", $"deb [signed-by=/etc/apt/keyrings/archive.asc] {supplies.Url}/archive /\n");
        machine.Write("etc/fstab", "/dev/xvda1 / ext4 defaults 0 1\n/dev/xvdb none swap sw 0 0\n");
        foreach (var left in Leftovers.Files)
        {
            machine.Write(left, "left over\n");
        }

        return machine;
    }

    /// <summary>What cloud-init does at a boot: an identity, host keys, a user who may do everything; then sshd, which lets in who holds a key pair of the account.</summary>
    public async Task BootAsync(string keys, int? port = null)
    {
        Write("etc/machine-id", "4f1c2d3e4b5a69788796a5b4c3d2e1f0\n");
        Write("etc/hosts", $"127.0.0.1 localhost {Environment.MachineName}\n");
        Write("etc/sudoers.d/90-cloud-init-users", "admin ALL=(ALL) NOPASSWD:ALL\n");
        await RunAsync("ssh-keygen", "-A");
        Directory.CreateDirectory(Path.Combine(Root, "run/sshd"));
        Write("run/machine/keys", $"#!/bin/sh\nexec curl --silent --fail {keys}\n");
        File.SetUnixFileMode(Path.Combine(Root, "run/machine/keys"), (UnixFileMode)0b111_101_101);
        Port = port ?? FreePort();
        Write("run/machine/sshd_config", $"""
            Port {Port}
            ListenAddress 127.0.0.1
            PidFile none
            UsePAM no
            AuthorizedKeysCommand /run/machine/keys
            AuthorizedKeysCommandUser root
            Subsystem sftp /usr/lib/openssh/sftp-server

            """);
        await ListenAsync();
    }

    /// <summary>Another machine with this one's disk: an instance of the image that was made from it.</summary>
    public async Task<Machine> CloneAsync() => new(await _disk.CopyAsync());

    /// <summary>Ends all that runs on the machine; its disk stays.</summary>
    public async Task StopAsync()
    {
        if (_sshd is { } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
            running.Dispose();
            _sshd = null;
        }
    }

    /// <summary>Runs a command on the machine's disk, as root.</summary>
    public Task<string> RunAsync(params string[] command) => Tool.RunAsync("chroot", "/", [Root, .. Clean, .. command]);

    /// <summary>Runs a program on the machine's disk, as root, with variables; gives back how it ended and all that it wrote.</summary>
    public async Task<(int Exit, string Output)> TryAsync(IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        var (exit, output, error) = await Tool.TryAsync("chroot", "/", [Root, .. Clean, .. environment.Select(variable => $"{variable.Key}={variable.Value}"), .. command]);
        return (exit, output + error);
    }

    /// <summary>Runs a shell script on the machine, as root and with mounts of its own, which end with it.</summary>
    public async Task<(int Exit, string Output)> TryWithMountsAsync(string script)
    {
        var (exit, output, error) = await Tool.TryAsync("nsenter", "/", [$"--mount=/proc/{_disk.Holder}/ns/mnt", "unshare", "--mount", "chroot", _disk.Mounted, .. Clean, "bash", "-euo", "pipefail", "-c", script]);
        return (exit, output + error);
    }

    /// <summary>The files below a folder, links left out, as paths from /.</summary>
    public IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
        .Where(file => new FileInfo(file).LinkTarget is null).Select(file => Path.GetRelativePath(Root, file));

    public void Copy(string file, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, to))!);
        File.Copy(file, Path.Combine(Root, to), overwrite: true);
    }

    public bool Has(string path) => Path.Exists(Path.Combine(Root, path)) || new FileInfo(Path.Combine(Root, path)).LinkTarget is not null;

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _disk.DisposeAsync();
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>sshd is the first process of a namespace of its own: with it ends everything that a session has started.</summary>
    private async Task ListenAsync()
    {
        const string script = """mount -t proc proc "$0/proc" && exec chroot "$0" /usr/sbin/sshd -D -e -f /run/machine/sshd_config""";
        var start = new ProcessStartInfo("nsenter", [$"--mount=/proc/{_disk.Holder}/ns/mnt", "unshare", "--mount", "--pid", "--fork", "--kill-child=KILL", "sh", "-c", script, _disk.Mounted])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _sshd = Process.Start(start)!;
        var listening = new TaskCompletionSource();
        var said = new List<string>();
        _sshd.ErrorDataReceived += (_, line) =>
        {
            said.Add(line.Data ?? "");
            if (line.Data is null)
            {
                listening.TrySetException(new InvalidOperationException($"sshd ended before it listened: {string.Join('\n', said)}"));
            }
            else if (line.Data.StartsWith("Server listening", StringComparison.Ordinal))
            {
                listening.TrySetResult();
            }
        };
        _sshd.BeginErrorReadLine();
        _sshd.BeginOutputReadLine();
        await listening.Task;
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
