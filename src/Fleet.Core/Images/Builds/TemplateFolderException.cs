namespace Fleet.Core.Images.Builds;

/// <summary>A template cannot be had.</summary>
/// <param name="message">Which, why, and what would cure it.</param>
public sealed class TemplateFolderException(string message) : Exception(message);
