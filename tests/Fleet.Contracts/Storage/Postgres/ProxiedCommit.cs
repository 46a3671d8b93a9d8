using System.Net.Sockets;

namespace Fleet.Contracts.Storage.Postgres;

/// <summary>A connection through the proxy, and the commit that it holds back.</summary>
public sealed class ProxiedCommit(TcpClient client, TcpClient server)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[]? _withheld;

    public TcpClient Client => client;

    public TcpClient Server => server;

    /// <summary>The server has answered; its answer is kept from the client.</summary>
    public Task Answered => _answered.Task;

    /// <summary>The commit reaches the server; what it answers is kept from the client.</summary>
    public Task PassOnAsync() => WriteAsync(server, _withheld);

    public void CutClient() => client.Dispose();

    public void Withhold(byte[] message) => _withheld = message;

    /// <summary>Whether what the server says is kept from the client.</summary>
    public bool Keeps()
    {
        if (_withheld is not null)
        {
            _answered.TrySetResult();
        }

        return _withheld is not null;
    }

    /// <summary>Reads some bytes; 0 when the connection is gone.</summary>
    public static async Task<int> ReadAsync(TcpClient connection, byte[] buffer)
    {
        try
        {
            return await connection.GetStream().ReadAsync(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>Writes, unless the connection is gone.</summary>
    public static async Task WriteAsync(TcpClient connection, ReadOnlyMemory<byte> message)
    {
        try
        {
            await connection.GetStream().WriteAsync(message);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side notices by itself.
        }
    }
}
