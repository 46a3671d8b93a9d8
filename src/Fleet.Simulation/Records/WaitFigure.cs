namespace Fleet.Simulation.Records;

/// <summary>A budget that made Fleet wait.</summary>
/// <param name="Object">The budget.</param>
/// <param name="Seconds">
/// Time during which it allowed nothing while a pod that it protects waited on a cordoned outdated node to be evicted, or during which the pool had a place for one more outdated node (more nodes in service,
/// each Ready for minReady, than at the start less maxUnavailable) and the budget could not spare the ready pods that such a node has of it, beside those that wait on cordoned ones.
/// </param>
/// <param name="Refusals">Evictions that the API server refused for it with 429.</param>
public sealed record WaitFigure(string Object, double Seconds, int Refusals);
