namespace Fleet.Hosting.Settings;

/// <summary>A secret is not known, or cannot be read now; the message names it and never has its value.</summary>
public sealed class SecretUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
