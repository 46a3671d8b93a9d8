namespace Fleet.Simulation.Cloud.Hosts;

/// <summary>A systemd unit of a host.</summary>
/// <param name="Enabled">What <c>systemctl is-enabled</c> says: <c>enabled</c>, <c>disabled</c>, <c>masked</c>, <c>static</c>.</param>
/// <param name="Active">What <c>systemctl is-active</c> says after a boot: <c>active</c>, <c>inactive</c>, <c>activating</c>, <c>failed</c>.</param>
public sealed record HostService(string Enabled = "enabled", string Active = "active");
