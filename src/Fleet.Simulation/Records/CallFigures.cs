namespace Fleet.Simulation.Records;

/// <summary>Calls that Fleet made, as the world counted them; refused and failed ones too.</summary>
/// <param name="Aws">On AWS.</param>
/// <param name="Kubernetes">On the cluster's API server.</param>
public sealed record CallFigures(int Aws, int Kubernetes);
