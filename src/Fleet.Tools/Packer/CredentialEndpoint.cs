using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fleet.Core.Images.Builds;
using Fleet.Core.Rotations;

namespace Fleet.Tools.Packer;

/// <summary>
/// Gives a builder its credentials as the agent of a container does, so that it asks again before they end (AWS SDKs and Tools Reference Guide, "Container credential provider"): on a free port of the loopback address, to whoever has the token that only
/// the builder's environment has, as long as the build goes on.
/// </summary>
internal sealed class CredentialEndpoint : IDisposable
{
    private const int LongestHead = 8192;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, bool> _secrets = [];
    private readonly string _token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
    private readonly Func<CancellationToken, Task<BuilderCredentials>> _source;

    /// <summary>Begins to listen.</summary>
    /// <param name="source">Where credentials come from.</param>
    public CredentialEndpoint(Func<CancellationToken, Task<BuilderCredentials>> source)
    {
        _source = source;
        _secrets[_token] = true;
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>What the builder's environment says. It asks an instance's metadata service before this one otherwise, which has the credentials of Fleet's own machine.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = $"http://{_listener.LocalEndpoint}/credentials",
        ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = _token,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>What nobody else may read: the token, and the secrets that were given.</summary>
    public IEnumerable<string> Secrets => _secrets.Keys;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token).ConfigureAwait(false);
                _ = AnswerAsync(client);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var (status, body) = await AnswerAsync(await HeadAsync(stream).ConfigureAwait(false)).ConfigureAwait(false);
                var head = $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
                await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body], _end.Token).ConfigureAwait(false);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // It asks again.
            }
        }
    }

    private async Task<(string Status, byte[] Body)> AnswerAsync(string[] head)
    {
        var given = head.FirstOrDefault(line => line.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase))?["Authorization:".Length..].Trim() ?? "";
        if (!head[0].StartsWith("GET /credentials ", StringComparison.Ordinal) || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(_token)))
        {
            return ("403 Forbidden", Json(new { code = "Forbidden", message = "this is not the build that these credentials are for" }));
        }

        try
        {
            var found = await _source(_end.Token).ConfigureAwait(false);
            _secrets[found.SecretAccessKey] = _secrets[found.SessionToken ?? _token] = true;
            return ("200 OK", Json(new { found.AccessKeyId, found.SecretAccessKey, Token = found.SessionToken, Expiration = found.Expires?.UtcDateTime }));
        }
        catch (CloudRefusedException refused)
        {
            return ("500 Internal Server Error", Json(new { code = refused.Code, message = refused.Message }));
        }
    }

    private async Task<string[]> HeadAsync(NetworkStream stream)
    {
        var (read, buffer) = (0, new byte[LongestHead]);
        while (read < LongestHead && !buffer.AsSpan(0, read).EndsWith("\r\n\r\n"u8))
        {
            var more = await stream.ReadAsync(buffer.AsMemory(read), _end.Token).ConfigureAwait(false);
            if (more == 0)
            {
                break;
            }

            read += more;
        }

        return Encoding.ASCII.GetString(buffer, 0, read).Split("\r\n");
    }

    private static byte[] Json<T>(T answer) => JsonSerializer.SerializeToUtf8Bytes(answer, Options);

    private static JsonSerializerOptions Options { get; } = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}
