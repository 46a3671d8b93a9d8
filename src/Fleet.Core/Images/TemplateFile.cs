namespace Fleet.Core.Images;

/// <summary>A file of a template's folder.</summary>
/// <param name="Path">Path within the folder, with <c>/</c>.</param>
/// <param name="Digest">SHA-256 of its bytes, 64 hexadecimal digits.</param>
/// <param name="Executable">Whether its owner may execute it.</param>
public sealed record TemplateFile(string Path, string Digest, bool Executable);
