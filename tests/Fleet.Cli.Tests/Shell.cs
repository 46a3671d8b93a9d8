using Fleet.Core.Access;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Storage;
using Microsoft.Data.Sqlite;

namespace Fleet.Cli.Tests;

/// <summary>Runs command lines as a shell would, on a state file and in a folder of their own.</summary>
internal sealed class Shell : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-cli-");

    public string StatePath => Path.Combine(_folder.FullName, "state.db");

    /// <summary>The database that the environment names, in place of the state file; null is none.</summary>
    public string? Database { get; set; }

    /// <summary>The server on which commands work, in place of a store of their own; null is none.</summary>
    public string? Server { get; set; }

    /// <summary>Further variables of the environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What a person at the terminal types unseen; null is no terminal.</summary>
    public string? Secret { get; set; }

    /// <summary>What a person at the terminal answers; null is no terminal.</summary>
    public string? Answer { get; set; }

    /// <summary>What the API servers say of themselves, by cluster.</summary>
    public Dictionary<string, string> Identities { get; } = [];

    /// <summary>What surrounds the commands beyond streams, e.g. a sandbox; by default nothing is reached.</summary>
    public Func<CliContext, CliContext> Surroundings { get; set; } = context => context;

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a file for its owner's eyes only.</summary>
    public string WriteSecret(string name, string text)
    {
        var path = Write(name, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    public Task<Ran> RunAsync(string[] args, string input = "") => RunAsync(args, input, new StringWriter(), CancellationToken.None);

    /// <summary>Runs a command line that serves until it is interrupted: does something while it serves, then interrupts it.</summary>
    public async Task<Ran> ServeAsync(string[] args, Func<string, Task> meanwhile)
    {
        using var interrupt = new CancellationTokenSource();
        var output = new FlushSignal();
        var running = RunAsync(args, "", output, interrupt.Token);
        if (await Task.WhenAny(running, output.Flushed) == output.Flushed)
        {
            await meanwhile(output.ToString());
        }

        await interrupt.CancelAsync();
        return await running;
    }

    /// <summary>Starts a command line that goes on for a while, as in a terminal of its own.</summary>
    public Terminal Start(string line) => new((output, error, interrupts) => Task.Run(() => RunAsync(line.Split(' ')[1..], "", output, error, interrupts, interrupts.Token)));

    /// <summary>The newest run.</summary>
    public async Task<Run> NewestRunAsync()
    {
        using var store = Open();
        return (await store.ListAsync(null, null, unfinishedOnly: false, CancellationToken.None))[0];
    }

    private Task<Ran> RunAsync(string[] args, string input, StringWriter output, CancellationToken cancellationToken) =>
        RunAsync(args, input, output, new StringWriter(), null, cancellationToken);

    private async Task<Ran> RunAsync(string[] args, string input, StringWriter output, StringWriter error, Interrupts? interrupts, CancellationToken cancellationToken)
    {
        var context = Surroundings(new CliContext
        {
            Input = new StringReader(Answer is null ? input : Answer + "\n"),
            Output = output,
            Error = error,
            Interactive = Answer is not null,
            Environment = name => name == DatabaseUrl.Variable ? Database : name == "FLEET_SERVER" ? Server : Variables.GetValueOrDefault(name) ?? (name is "XDG_STATE_HOME" or "XDG_CONFIG_HOME" ? _folder.FullName : null),
            ReadSecret = Secret is null ? null : () => Secret,
            Identify = (cluster, _) => Task.FromResult(Identities.GetValueOrDefault(cluster.Name)),
            Interrupts = interrupts,
        });
        var exitCode = await Program.RunAsync(NamesStore && !NamesPlace(args) ? [.. args, "--state", StatePath] : args, context, cancellationToken);
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>A command line without quotes.</summary>
    public Task<Ran> RunAsync(string line, string input = "") => RunAsync(line.Split(' ')[1..], input);

    /// <summary>Declares cluster prod with the pools workers and batch.</summary>
    public async Task DeclareAsync()
    {
        var ran = await RunAsync(["apply", "-f", Write("prod.yaml", Documents.Prod), "--yes"]);
        ran.ExitCode.ShouldBe(ExitCode.Done, ran.Error);
    }

    /// <summary>Gives a declared cluster another kubeconfig, as if the file had changed since.</summary>
    public async Task PointAsync(string cluster, string kubeconfig)
    {
        using var store = Open();
        var declared = (await store.ClustersAsync(CancellationToken.None)).Single(one => one.Name == cluster);
        await store.ApplyAsync([declared with { Kubeconfig = kubeconfig }], [], CancellationToken.None);
    }

    /// <summary>Adds to the audit log.</summary>
    public async Task<AuditEntry> AuditAsync(AuditEntry entry)
    {
        using var store = Open();
        return await store.AppendAsync(entry, CancellationToken.None);
    }

    /// <summary>Does to the state file what its owner could do with other tools.</summary>
    public async Task TamperAsync(string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={StatePath};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statement is a test's own.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stores an API key.</summary>
    public async Task KeepAsync(ApiKey key)
    {
        using var store = Open();
        await store.AddAsync(key, CancellationToken.None);
    }

    /// <summary>Stores a run as its driver would, in a phase.</summary>
    public async Task<Run> StartRunAsync(string id, RunPhase phase, string pool = "workers", params Reason[] reasons)
    {
        var created = new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
        var run = new Run { Id = id, Kind = "rotation", Cluster = "prod", Pool = pool, Spec = "{}", State = "{}", Created = created, Updated = created };
        using var store = Open();
        await store.CreateAsync(run, CancellationToken.None);
        var lease = await store.AcquireLeaseAsync(id, "driver-1", TimeSpan.FromSeconds(15), created, CancellationToken.None);
        return await store.CommitAsync(
            new RunCommit
            {
                Run = run with { Phase = phase, Reasons = [.. reasons] },
                Fencing = lease.Fencing,
                Journal = [new(created, "phase", id, "started"), new(created, "node-admitted", "node-1", "drains first: short grace", "a-1")],
                Ledger = [new LedgerEntry { Kind = "max-size", Subject = "workers-a", Before = "3", Mine = "4", At = created }],
            },
            CancellationToken.None);
    }

    public async Task<Run> StoredRunAsync(string id)
    {
        using var store = Open();
        return (await store.GetAsync(id, CancellationToken.None))!;
    }

    public async Task<IReadOnlyList<ClusterSpec>> StoredClustersAsync()
    {
        using var store = Open();
        return await store.ClustersAsync(CancellationToken.None);
    }

    private bool NamesStore => Database is null && Server is null && !Variables.ContainsKey("FLEET_CONFIG");

    private static bool NamesPlace(string[] args) => args.Contains("--server") || args.Contains("--context");

    private SqlStore Open() => Database is null ? new SqliteStore(StatePath) : new PostgresStore(DatabaseUrl.Parse(Database), TimeProvider.System);

    public void Dispose() => _folder.Delete(recursive: true);
}
