using System.Net;
using System.Net.Sockets;

namespace Fleet.Hosting.Outgoing;

/// <summary>What an address is for, as far as it is not for the public network (IANA, "IPv4 Special-Purpose Address Registry" and "IPv6 Special-Purpose Address Registry").</summary>
/// <param name="Name">In the words of an error.</param>
/// <param name="MayBeAllowed">Whether an admin may let it be reached; else nobody may.</param>
public sealed record AddressKind(string Name, bool MayBeAllowed)
{
    private static readonly AddressKind Loopback = new("a loopback address", true);

    private static readonly AddressKind Private = new("a private address", true);

    private static readonly AddressKind Metadata = new("an address of the instance metadata service", false);

    private static readonly AddressKind LinkLocal = new("a link-local address", false);

    private static readonly AddressKind Multicast = new("a multicast address", false);

    private static readonly AddressKind Unspecified = new("no address of a host", false);

    private static readonly AddressKind Reserved = new("a reserved address", false);

    /// <summary>Whether it is link-local, or the instance metadata service's: no server of anybody's choice is there, whoever names it.</summary>
    public bool IsLinkLocal => ReferenceEquals(this, LinkLocal) || ReferenceEquals(this, Metadata);

    /// <summary>The first that contains an address is its kind. IPv6 addresses that stand for an IPv4 address are judged as that.</summary>
    private static readonly (IPNetwork Network, AddressKind Kind)[] Table =
    [
        .. Of(Metadata, "169.254.169.254/32", "169.254.170.2/32", "169.254.170.23/32", "fd00:ec2::/32"),
        .. Of(LinkLocal, "169.254.0.0/16", "fe80::/10"),
        .. Of(Loopback, "127.0.0.0/8", "::1/128"),
        .. Of(Private, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"),
        .. Of(Multicast, "224.0.0.0/4", "ff00::/8"),
        .. Of(Unspecified, "0.0.0.0/8", "255.255.255.255/32", "::/128"),
        .. Of(Reserved, "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4"),
        .. Of(Reserved, "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16"),
    ];

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>The kind of an address; null for one of the public network.</summary>
    public static AddressKind? Of(IPAddress address)
    {
        var meant = Meant(address);
        return Array.Find(Table, entry => entry.Network.Contains(meant)).Kind;
    }

    /// <summary>The IPv4 address that an IPv6 address stands for (mapped, NAT64, 6to4); else the address itself.</summary>
    public static IPAddress Meant(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : Translated.Contains(address) ? new IPAddress(bytes.AsSpan(12, 4))
            : SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : address.ScopeId == 0 ? address : new IPAddress(bytes);
    }

    private static IEnumerable<(IPNetwork, AddressKind)> Of(AddressKind kind, params string[] networks) => networks.Select(network => (IPNetwork.Parse(network), kind));
}
