using System.Collections.Concurrent;
using System.Text;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cloud.Hosts;

namespace Fleet.Sandbox.Hosts;

/// <summary>
/// Hosts that really run their scripts: each script as root of a private root in namespaces of its own (mounts, processes, network, names), where the machine's system can be read and never written, and each host has its own /etc, /var, /root, /run,
/// /tmp and the like, kept between its scripts. What cannot run there has stand-ins, whose answers are in <c>Files/answers.tsv</c>. A host that brings a root file system of its own (<see cref="HostFacts.Root"/>) runs on that, and has fewer.
/// </summary>
internal sealed class PrivateRootShells : IHostShells, IAsyncDisposable
{
    private const string Prefix = "hosts/";
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly string[] Namespaces = ["--mount", "--pid", "--fork", "--kill-child", "--ipc", "--uts", "--net", "--cgroup", "--propagation", "private", "/bin/bash"];

    private readonly World _world;
    private readonly Action _advance;
    private readonly TimeProvider _wall;
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, Lazy<bool>> _made = [];
    private readonly ConcurrentDictionary<Task, HostRun> _runs = [];
    private readonly Lazy<string> _shared;

    /// <summary>Prepares the shells; nothing is written before the first script.</summary>
    /// <param name="world">The world of the hosts.</param>
    /// <param name="folder">Where the hosts' disks are; goes with the shells.</param>
    /// <param name="advance">Brings the world to the present, under its lock.</param>
    /// <param name="wall">The wall clock, by which scripts are timed out.</param>
    public PrivateRootShells(World world, string folder, Action advance, TimeProvider wall)
    {
        (_world, _folder, _advance, _wall) = (world, folder, advance, wall);
        _shared = new Lazy<string>(Share);
    }

    /// <inheritdoc/>
    public IDisposable Start(HostScript script, Action<HostResult> ended)
    {
        var run = new HostRun();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var task = RunAsync(begun.Task, run, script, _world.Cloud.Region, ended);
        _runs[task] = run;
        _ = task.ContinueWith(done => _runs.TryRemove(done, out _), TaskScheduler.Default);
        begun.SetResult();
        return run;
    }

    /// <inheritdoc/>
    public void Reboot(Instance instance) => HostDisk.Reboot(HostOf(instance));

    /// <summary>Ends what runs and removes the disks.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs.Values)
        {
            run.Dispose();
        }

        await Task.WhenAll(_runs.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task RunAsync(Task begun, HostRun run, HostScript script, string region, Action<HostResult> ended)
    {
        // The caller holds the world's lock; the script must not run under it.
        await begun.ConfigureAwait(false);
        HostResult result;
        try
        {
            var host = HostOf(script.Instance);
            _ = _made.GetOrAdd(script.Instance.Id, _ => new Lazy<bool>(() => Make(host, script, region))).Value;
            var command = Path.Combine(_folder, "commands", $"{script.Instance.Id}-{script.Id}");
            Write(Path.Combine(command, "_script.sh"), script.Text);
            Write(Path.Combine(command, "id"), script.Id + "\n");
            Write(Path.Combine(command, "folder"), script.Folder);
            var entered = Path.Combine(command, "entered");
            File.Delete(entered);
            string[] arguments = [.. Namespaces, Path.Combine(_shared.Value, "enter.bash"), host, command, _shared.Value, script.Instance.PrivateDnsName.Split('.')[0]];
            result = await run.RunAsync(entered, arguments, script.Timeout, _wall).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            result = new HostResult(HostEnd.Unavailable, -1, "", $"fleet-sandbox: the host's disk could not be made: {failure.Message}\n");
        }

        lock (_world.Gate)
        {
            _advance();
            ended(result);
        }
    }

    private static bool Make(string host, HostScript script, string region)
    {
        HostDisk.Make(host, script.Instance, script.Facts, region);
        return true;
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(false));
    }

    private string HostOf(Instance instance) => Path.Combine(_folder, instance.Id);

    private string Share()
    {
        var shared = Path.Combine(_folder, "shared");
        var assembly = typeof(PrivateRootShells).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var path = Path.Combine(shared, name[Prefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var source = assembly.GetManifestResourceStream(name)!)
            using (var target = File.Create(path))
            {
                source.CopyTo(target);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, Executable);
            }
        }

        return shared;
    }
}
