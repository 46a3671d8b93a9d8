using System.Net;
using System.Text.RegularExpressions;
using Fleet.Core.Inventory;

namespace Fleet.Hosting.Outgoing;

/// <summary>How settings name hosts and networks.</summary>
public static partial class OutgoingNames
{
    /// <summary>A host's name or address.</summary>
    public static Format Host { get; } = new(HostForm(), "a host's name or address, without scheme and port");

    /// <summary>A host or a network.</summary>
    public static Format Target { get; } = new(TargetForm(), "a host's name, an address, or a network like 10.0.0.0/8");

    /// <summary>The network that a target names, an address being one of its own; null for a host's name, and for what is neither.</summary>
    public static IPNetwork? Network(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return IPNetwork.TryParse(target, out var network) ? network : IPAddress.TryParse(target, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]([-A-Za-z0-9.:]{0,252})\z|\A::[0-9A-Fa-f:.]*\z")]
    private static partial Regex HostForm();

    [GeneratedRegex(@"\A([A-Za-z0-9]([-A-Za-z0-9.:]{0,252})|::[0-9A-Fa-f:.]*)(/[0-9]{1,3})?\z")]
    private static partial Regex TargetForm();
}
