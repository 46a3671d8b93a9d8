namespace Fleet.Simulation.Calls;

/// <summary>One call as the world saw it.</summary>
/// <param name="Sequence">Its number, from 1, over both APIs.</param>
/// <param name="At">World time.</param>
/// <param name="Api">Which API.</param>
/// <param name="Caller">Who called: access key or Kubernetes user.</param>
/// <param name="Verb">AWS operation (<c>SetDesiredCapacity</c>) or Kubernetes verb and resource (<c>create pods/eviction</c>).</param>
/// <param name="Subject">The object: group, instance, <c>namespace/name</c>.</param>
/// <param name="Detail">The arguments that matter, e.g. <c>desired=7</c>; null when none.</param>
/// <param name="Writes">Whether the verb changes something.</param>
/// <param name="Answer">HTTP status that the caller got (0: none, the connection ended).</param>
/// <param name="Error">The error code or reason; null on success.</param>
/// <param name="Applied">Whether the world changed or answered, though the caller may not have heard of it.</param>
public sealed record CallRecord(long Sequence, DateTimeOffset At, Api Api, string Caller, string Verb, string Subject, string? Detail, bool Writes, int Answer, string? Error, bool Applied);
