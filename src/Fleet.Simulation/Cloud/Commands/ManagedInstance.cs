namespace Fleet.Simulation.Cloud.Commands;

/// <summary>An instance whose SSM agent has registered.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Registered">When it registered.</param>
/// <param name="LastPing">When it was last heard.</param>
/// <param name="Online">Whether its agent answers now; without that its ping status is ConnectionLost.</param>
public sealed record ManagedInstance(Instance Instance, DateTimeOffset Registered, DateTimeOffset LastPing, bool Online)
{
    /// <summary>The ping status as DescribeInstanceInformation tells it.</summary>
    public string PingStatus => Online ? "Online" : "ConnectionLost";
}
