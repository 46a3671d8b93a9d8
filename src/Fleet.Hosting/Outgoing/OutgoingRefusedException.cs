namespace Fleet.Hosting.Outgoing;

/// <summary>The server's rules do not let it connect there.</summary>
public sealed class OutgoingRefusedException(string why) : IOException($"not connected: {why}");
