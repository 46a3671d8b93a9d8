using System.Net;
using System.Net.Sockets;

namespace Fleet.Contracts.Storage.Postgres;

/// <summary>Stands between a client and a PostgreSQL server, and gives the next commit into the test's hands.</summary>
public sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _open = [];
    private readonly int _server;
    private Func<ProxiedCommit, Task>? _onCommit;

    public CuttingProxy(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many commits were given into the test's hands.</summary>
    public int Held { get; private set; }

    /// <summary>How many connections are refused before the next one is let through.</summary>
    public int Refused { get; set; }

    /// <summary>What happens to the next commit that comes along, once.</summary>
    public void NextCommit(Func<ProxiedCommit, Task> fate) => _onCommit = fate;

    public void Dispose()
    {
        _listener.Stop();
        lock (_open)
        {
            _open.ForEach(connection => connection.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                if (Refused > 0)
                {
                    Refused--;
                    client.Dispose();
                    continue;
                }

                var server = new TcpClient { NoDelay = true };
                lock (_open)
                {
                    _open.AddRange([client, server]);
                }

                _ = ServeAsync(client, server);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, TcpClient server)
    {
        try
        {
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _server);
            var commit = new ProxiedCommit(client, server);
            var answers = ToClientAsync(commit);
            await ToServerAsync(commit, answers);
        }
        catch (SocketException)
        {
            // The server is away.
        }

        client.Dispose();
        server.Dispose();
    }

    /// <summary>Passes on what the client says until it is gone, or the server is, or a commit has met its fate.</summary>
    private async Task ToServerAsync(ProxiedCommit connection, Task answers)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var read = ProxiedCommit.ReadAsync(connection.Client, buffer);
            if (await Task.WhenAny(read, answers) == answers || await read == 0)
            {
                return;
            }

            var message = buffer.AsMemory(0, await read);
            if (message.Span.IndexOf("COMMIT\0"u8) >= 0 && Interlocked.Exchange(ref _onCommit, null) is { } fate)
            {
                Held++;
                connection.Withhold(message.ToArray());
                await fate(connection);
                return;
            }

            await ProxiedCommit.WriteAsync(connection.Server, message);
        }
    }

    private static async Task ToClientAsync(ProxiedCommit connection)
    {
        var buffer = new byte[64 * 1024];
        while (await ProxiedCommit.ReadAsync(connection.Server, buffer) is var count and > 0)
        {
            if (!connection.Keeps())
            {
                await ProxiedCommit.WriteAsync(connection.Client, buffer.AsMemory(0, count));
            }
        }
    }
}
