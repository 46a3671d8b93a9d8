namespace Fleet.Simulation.Cloud;

/// <summary>Private addresses by zone: a /18 of 10.0.0.0/8 each, the subnet of that zone.</summary>
public sealed class AddressPool(CloudState cloud)
{
    private readonly Dictionary<string, int> _next = [];
    private readonly Dictionary<string, SortedSet<int>> _free = [];

    /// <summary>Whether a freed address is given to the next launch of the zone, so that its node inherits a dead node's name. Default: false, addresses are new as long as the subnet lasts.</summary>
    public bool Reuse { get; set; }

    /// <summary>Id of a zone's subnet.</summary>
    public string SubnetOf(string zone) => $"subnet-0{IndexOf(zone):x16}";

    /// <summary>The zone of a subnet; null when there is no such subnet.</summary>
    public string? ZoneOf(string subnet) => cloud.Zones.FirstOrDefault(zone => SubnetOf(zone) == subnet);

    /// <summary>A zone's subnet in CIDR form.</summary>
    public string CidrOf(string zone) => $"{Address(IndexOf(zone), 0)}/18";

    /// <summary>The private DNS name of an address.</summary>
    public string DnsNameOf(string address) =>
        $"ip-{address.Replace('.', '-')}.{(cloud.Region == "us-east-1" ? "ec2" : cloud.Region + ".compute")}.internal";

    internal string Take(string zone)
    {
        var free = FreeOf(zone);
        if (Reuse && free.Count > 0)
        {
            var host = free.Min;
            free.Remove(host);
            return Address(IndexOf(zone), host);
        }

        // The first four addresses of a subnet are AWS's own (Subnet CIDR blocks).
        return Address(IndexOf(zone), (_next[zone] = _next.GetValueOrDefault(zone, 3) + 1) % (1 << 14));
    }

    internal void Give(string zone, string address)
    {
        var parts = address.Split('.');
        FreeOf(zone).Add(((int.Parse(parts[2]) & 63) << 8) + int.Parse(parts[3]));
    }

    private static string Address(int zone, int host) => $"10.{zone / 4}.{((zone % 4) << 6) + (host >> 8)}.{host & 255}";

    private int IndexOf(string zone) => cloud.Zones.IndexOf(zone);

    private SortedSet<int> FreeOf(string zone) => _free.TryGetValue(zone, out var free) ? free : _free[zone] = [];
}
