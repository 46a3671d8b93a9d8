namespace Fleet.Tools.Templates;

/// <summary>A template folder that an admin put on the server under a name.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Trusted">Whether it may run commands on this machine.</param>
public sealed record TemplateSettings(string Path, bool Trusted);
