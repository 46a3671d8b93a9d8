using System.Text.Json.Serialization;

namespace Fleet.Cli.Contexts;

/// <summary>A server by a name, with how to sign in there.</summary>
internal sealed record FleetContext
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the server is.</summary>
    public required string Server { get; init; }

    /// <summary>The API key or token; null where none is needed, or a file has it.</summary>
    public string? Token { get; init; }

    /// <summary>A file with the key or token, read anew for each call, as one that is renewed by others; null for none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A file in PEM with the authorities to trust for this server in place of the system's; null for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Whether plain http is used beyond this machine: who listens reads the token. Default no.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PlainHttp { get; init; }

    /// <summary>How one signs in there, without the secret.</summary>
    [JsonIgnore]
    public string SignIn => TokenFile is not null ? $"file {TokenFile}" : Token is not null ? "stored key or token" : "none";
}
