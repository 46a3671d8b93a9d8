namespace Fleet.Simulation.Cluster.Objects;

/// <summary>An object of a kind on which the world does not act (Namespace, Service, ConfigMap, Secret, ServiceAccount, ControllerRevision …): all of it is in <see cref="WorldObject.Unmodelled"/>.</summary>
public sealed record OpaqueObject : WorldObject;
