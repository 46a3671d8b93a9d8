namespace Fleet.Simulation.Worlds;

/// <summary>A described world does not come to rest before its start; the message names what does not.</summary>
public sealed class WorldNotSettledException(string message) : Exception(message);
