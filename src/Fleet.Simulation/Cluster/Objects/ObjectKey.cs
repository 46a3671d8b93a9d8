namespace Fleet.Simulation.Cluster.Objects;

/// <summary>Namespace and name of an object of a kind.</summary>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
