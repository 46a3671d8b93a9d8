namespace Fleet.Simulation.Cloud.Hosts;

/// <summary>A script that a host shall run as root.</summary>
/// <param name="Instance">The host.</param>
/// <param name="Facts">What the host's image is like.</param>
/// <param name="Id">Id of the command, unique.</param>
/// <param name="Text">Its text. As SSM's agent has it: a first line <c>#!/bin/bash</c> names its interpreter, without one it is sh's.</param>
/// <param name="Folder">Where it works; empty for a folder of its own.</param>
/// <param name="Timeout">When it is killed, by the host's own clock.</param>
public sealed record HostScript(Instance Instance, HostFacts Facts, string Id, string Text, string Folder, TimeSpan Timeout);
