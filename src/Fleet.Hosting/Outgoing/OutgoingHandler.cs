using System.Net;
using System.Net.Sockets;

namespace Fleet.Hosting.Outgoing;

/// <summary>
/// Transport for addresses that callers name. A host's name is looked up at each connection, every address that it leads to is judged, and it is these addresses that are connected to: a name that leads elsewhere a moment later gains nothing.
/// Redirects are not followed, and no proxy is used, as it would look the name up itself.
/// </summary>
public static class OutgoingHandler
{
    /// <summary>Makes a transport; a refusal comes as <see cref="HttpRequestException"/> around an <see cref="OutgoingRefusedException"/>.</summary>
    /// <param name="rules">What may be reached.</param>
    /// <param name="resolve">Looks up a name; null: as the system does.</param>
    public static SocketsHttpHandler Create(OutgoingRules rules, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var lookUp = resolve ?? Dns.GetHostAddressesAsync;
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = (context, cancellationToken) => ConnectAsync(rules, lookUp, context, cancellationToken),
        };
    }

    private static async ValueTask<Stream> ConnectAsync(
        OutgoingRules rules, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        if (rules.Refusal(context.InitialRequestMessage.RequestUri!) is { } refused)
        {
            throw new OutgoingRefusedException(refused);
        }

        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await lookUp(host, cancellationToken).ConfigureAwait(false);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        // One forbidden address is enough: who mixes them with good ones hopes that the first does not answer.
        if (addresses.Select(address => rules.Refusal(host, address)).FirstOrDefault(why => why is not null) is { } forbidden)
        {
            throw new OutgoingRefusedException(forbidden);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
