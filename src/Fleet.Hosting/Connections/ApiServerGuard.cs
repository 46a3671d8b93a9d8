using System.Net;
using System.Net.Sockets;
using Fleet.Hosting.Outgoing;

namespace Fleet.Hosting.Connections;

/// <summary>
/// Holds API servers to the least of the outgoing rules: their addresses stand in kubeconfigs that an admin settled and may be private or loopback, but link-local addresses and those of the instance metadata service are
/// no API server's, and what answers there has credentials to give.
/// </summary>
/// <param name="resolve">Looks up a name; null: as the system does.</param>
public sealed class ApiServerGuard(Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) : DelegatingHandler
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp = resolve ?? Dns.GetHostAddressesAsync;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var host = request.RequestUri!.IdnHost.Trim('[', ']');
        foreach (var address in await AddressesAsync(host, cancellationToken).ConfigureAwait(false))
        {
            if (AddressKind.Of(address) is { IsLinkLocal: true } kind)
            {
                var refused = new OutgoingRefusedException($"{(host == $"{address}" ? host : $"{host} leads to {address}, which")} is {kind.Name}; no API server is reached there");
                throw new HttpRequestException(refused.Message, refused);
            }
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
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
