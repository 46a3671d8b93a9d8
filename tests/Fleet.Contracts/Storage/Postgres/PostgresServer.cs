using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Fleet.Contracts.Storage.Postgres;

/// <summary>A real PostgreSQL server on a free port. It goes with this process, however that ends.</summary>
public sealed class PostgresServer : IDisposable
{
    public const string Password = "p@ss/w:rd?%";

    private static readonly Lazy<PostgresServer> One = new(() => new PostgresServer());

    private static int _databases;

    private readonly Process _process;

    public PostgresServer()
    {
        var bin = Programs();
        var folder = Directory.CreateTempSubdirectory("fleet-postgres-").FullName;
        Port = FreePort();
        File.WriteAllText(Path.Combine(folder, "password"), Password);
        var script = Path.Combine(AppContext.BaseDirectory, "Storage", "Postgres", "server.sh");
        _process = Process.Start(new ProcessStartInfo("bash", [script, bin, folder, $"{Port}"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        if (_process.StandardOutput.ReadLine() is null)
        {
            throw new InvalidOperationException($"PostgreSQL did not start: {_process.StandardError.ReadToEnd()}");
        }

        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>The server that the tests of this process share.</summary>
    public static PostgresServer Shared => One.Value;

    public int Port { get; }

    /// <summary>Makes an empty database.</summary>
    /// <param name="options">What CREATE DATABASE is told beside the name.</param>
    public PostgresDatabase Create(string options = "")
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        Execute($"CREATE DATABASE {name} {options}");
        return new PostgresDatabase(this, name);
    }

    /// <summary>Stops it as a power cut would, or starts it.</summary>
    /// <param name="command">stop, start or restart.</param>
    public void Control(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        _process.StandardOutput.ReadLine().ShouldBe("done");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>The provider's settings for a database, as its superuser; a machine that does much else is given time.</summary>
    internal string Settings(string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = Port, Username = "postgres", Password = Password, Database = database, Pooling = false, Timeout = 120, CommandTimeout = 120 }.ConnectionString;

    /// <summary>Runs a statement in the database of administration.</summary>
    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Settings("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static string Programs()
    {
        const string Debian = "/usr/lib/postgresql";
        IEnumerable<string> folders = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).Select(version => Path.Combine(version, "bin")).OrderDescending() : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL is missing; install it with: bash tests/install.sh (Debian: apt-get install postgresql)");
    }
}
