namespace Fleet.Core.Images.Proof;

/// <summary>A script for an instance.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Remark">By which the command is found again; at most 100 characters.</param>
/// <param name="Text">Its text, with the interpreter in its first line.</param>
/// <param name="Timeout">How long it may run; at most 48 h.</param>
/// <param name="Delivery">How long is tried to reach the instance; at least 30 s.</param>
public sealed record InstanceScript(string Instance, string Remark, string Text, TimeSpan Timeout, TimeSpan Delivery);
