using System.Collections.Immutable;
using System.Net;

namespace Fleet.Hosting.Outgoing;

/// <summary>
/// Whereto the service connects when somebody else names the address: the public network over https. The rest is refused, so that a caller of the API cannot make the service knock at doors that are open to it alone
/// (OWASP, "Server-Side Request Forgery Prevention Cheat Sheet").
/// </summary>
public sealed record OutgoingRules
{
    /// <summary>Networks that may be reached although they are private. Link-local and metadata addresses stay refused.</summary>
    public ImmutableArray<IPNetwork> Networks { get; init; } = [];

    /// <summary>Hosts that may be reached although their addresses are private, in lower case. Link-local and metadata addresses stay refused.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>Hosts that may be spoken to without TLS, in lower case.</summary>
    public ImmutableArray<string> PlainHttp { get; init; } = [];

    /// <summary>Whether loopback addresses may be reached, and without TLS. Default no.</summary>
    public bool Loopback { get; init; }

    /// <summary>The same rules, with one host more: one that the admin named elsewhere in the settings.</summary>
    public OutgoingRules With(string host) => this with { Hosts = Hosts.Add(Name(host)) };

    /// <summary>Why an address may not be used, as far as it shows before its host's name is looked up; null where nothing speaks against it.</summary>
    /// <param name="url">The address.</param>
    public string? Refusal(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var host = Name(url.IdnHost);
        var address = IPAddress.TryParse(host, out var literal) ? literal : null;
        if (url.Scheme is not ("https" or "http"))
        {
            return $"'{url.Scheme}' is no scheme for this; allowed: https";
        }

        if (url.UserInfo.Length > 0)
        {
            return "it has a user or a password in it; secrets go into the server's settings";
        }

        var plain = url.Scheme == "http" && !PlainHttp.Contains(host) && !(Loopback && (host == "localhost" || (address is not null && IPAddress.IsLoopback(AddressKind.Meant(address)))));
        return plain ? $"it is not https; allowed: https, or a host under outgoing.plainHttp in the server's settings" : address is null ? null : Refusal(host, address);
    }

    /// <summary>Why an address of a host may not be connected to; null where it may.</summary>
    /// <param name="host">The host as the URL names it.</param>
    /// <param name="address">One of its addresses.</param>
    public string? Refusal(string host, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (AddressKind.Of(address) is not { } kind)
        {
            return null;
        }

        var meant = AddressKind.Meant(address);
        var allowed = kind.MayBeAllowed && ((Loopback && IPAddress.IsLoopback(meant)) || Hosts.Contains(Name(host)) || Networks.Any(network => network.Contains(meant)));
        var cure = kind.MayBeAllowed ? "; an admin can allow it under outgoing.allow in the server's settings" : "; it is never connected to";
        return allowed ? null : $"{(host == $"{address}" ? host : $"{host} leads to {address}, which")} is {kind.Name}{cure}";
    }

    private static string Name(string host) => host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
}
