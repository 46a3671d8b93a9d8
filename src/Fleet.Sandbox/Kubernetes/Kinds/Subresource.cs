namespace Fleet.Sandbox.Kubernetes.Kinds;

/// <summary>A subresource as discovery lists it.</summary>
internal sealed record Subresource(string Name, string Kind, string Group, string Version, params string[] Verbs);
