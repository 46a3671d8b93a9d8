using Fleet.Core.Inventory;

namespace Fleet.Hosting.Settings;

/// <summary>Secrets in files and environment variables of the server.</summary>
/// <param name="sources">Where each is.</param>
/// <param name="environment">Reads an environment variable; null where it is unset.</param>
public sealed class NamedSecrets(IReadOnlyDictionary<string, SecretSource> sources, Func<string, string?> environment) : ISecrets
{
    /// <summary>No secrets at all.</summary>
    public static NamedSecrets None { get; } = new(new Dictionary<string, SecretSource>(), _ => null);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => [.. sources.Keys];

    /// <inheritdoc/>
    public string Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!sources.TryGetValue(name, out var source))
        {
            throw new SecretUnavailableException($"the settings know no secret '{name}'{NearestNames.Hint(name, sources.Keys)}");
        }

        var text = (source.File is { } path ? OfFile(name, path) : environment(source.Variable!))?.TrimEnd();
        return string.IsNullOrEmpty(text) ? throw new SecretUnavailableException($"secret '{name}' is empty: {source.File ?? source.Variable} holds nothing") : text;
    }

    private static string OfFile(string name, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SecretUnavailableException($"secret '{name}' cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
