namespace Fleet.Simulation.Calls;

/// <summary>A call about to be made: what the gate, the faults and the log need to know of it.</summary>
/// <param name="Api">Which API.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Verb">AWS operation or Kubernetes verb and resource.</param>
/// <param name="Subject">The object.</param>
/// <param name="Writes">Whether the verb changes something.</param>
/// <param name="Detail">The arguments that matter.</param>
public sealed record WorldCall(Api Api, string Caller, string Verb, string Subject, bool Writes, string? Detail = null);
