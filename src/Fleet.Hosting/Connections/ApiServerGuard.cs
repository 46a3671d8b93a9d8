using System.Net;
using System.Net.Sockets;
using Fleet.Hosting.Outgoing;

namespace Fleet.Hosting.Connections;

/// <summary>
/// Holds API servers to the least of the outgoing rules: their addresses stand in kubeconfigs that an admin settled and may be private or loopback, but link-local addresses and those of the instance metadata service are
/// no API server's, and what answers there has credentials to give. The request goes to an address that was judged, not to the name: a name that leads elsewhere a moment later gains nothing.
/// </summary>
/// <param name="resolve">Looks up a name; null: as the system does.</param>
/// <param name="proxy">The proxy that requests take; null: that of the system. What goes to one is not looked up here.</param>
public sealed class ApiServerGuard(Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null, IWebProxy? proxy = null) : DelegatingHandler
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp = resolve ?? Dns.GetHostAddressesAsync;
    private readonly IWebProxy _proxy = proxy ?? HttpClient.DefaultProxy;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var named = request.RequestUri!;
        var host = named.IdnHost.Trim('[', ']');
        var addresses = await AddressesAsync(host, cancellationToken).ConfigureAwait(false);
        foreach (var address in addresses)
        {
            if (AddressKind.Of(address) is { IsLinkLocal: true } kind)
            {
                var refused = new OutgoingRefusedException($"{(host == $"{address}" ? host : $"{host} leads to {address}, which")} is {kind.Name}; no API server is reached there");
                throw new HttpRequestException(refused.Message, refused);
            }
        }

        var direct = addresses.Length > 0 && named.HostNameType == UriHostNameType.Dns && _proxy.IsBypassed(named);
        return direct ? await SendToAsync(addresses, request, named, cancellationToken).ConfigureAwait(false) : await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The header Host keeps the name, by which the server's certificate is judged.</summary>
    private async Task<HttpResponseMessage> SendToAsync(IPAddress[] addresses, HttpRequestMessage request, Uri named, CancellationToken cancellationToken)
    {
        var given = request.Headers.Host;
        request.Headers.Host ??= named.IsDefaultPort ? named.IdnHost : $"{named.IdnHost}:{named.Port}";
        try
        {
            for (var next = 0; ; next++)
            {
                request.RequestUri = new UriBuilder(named) { Host = $"{addresses[next]}" }.Uri;
                try
                {
                    return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                }
                catch (HttpRequestException away) when (away.HttpRequestError == HttpRequestError.ConnectionError && next + 1 < addresses.Length)
                {
                    // There was no connection, so nothing was sent: the next address may have one.
                }
            }
        }
        finally
        {
            (request.RequestUri, request.Headers.Host) = (named, given);
        }
    }

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        try
        {
            return await _lookUp(host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // The transport finds the same, and says it in its own words.
            return [];
        }
    }
}
