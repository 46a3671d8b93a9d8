namespace Fleet.Simulation.Records;

/// <summary>A budget that made Fleet wait.</summary>
/// <param name="Object">The budget.</param>
/// <param name="Seconds">Time during which it allowed nothing while a pod that it protects waited on a cordoned node to be evicted.</param>
/// <param name="Refusals">Evictions that the API server refused for it with 429.</param>
public sealed record WaitFigure(string Object, double Seconds, int Refusals);
