namespace Fleet.Simulation.Cluster.Api;

/// <summary>One cause in a Status' details.</summary>
/// <param name="Reason">Kind of cause, e.g. <c>DisruptionBudget</c>, <c>NamespaceTerminating</c>, <c>FieldValueInvalid</c>.</param>
/// <param name="Message">Sentence.</param>
/// <param name="Field">The field, for invalid objects.</param>
public sealed record StatusCause(string Reason, string Message, string? Field = null);
