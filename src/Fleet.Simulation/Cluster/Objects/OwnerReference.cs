namespace Fleet.Simulation.Cluster.Objects;

/// <summary>An owner of an object.</summary>
public sealed record OwnerReference(string ApiVersion, string Kind, string Name, string Uid, bool Controller = true, bool BlockOwnerDeletion = true);
