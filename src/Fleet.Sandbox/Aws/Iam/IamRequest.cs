namespace Fleet.Sandbox.Aws.Iam;

/// <summary>What a call needs to be allowed: one action on one resource, and what conditions may ask about.</summary>
internal sealed record IamRequest(string Action, string Resource)
{
    /// <summary>Values of global and service keys.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>();

    /// <summary>Tags of the resource.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>A condition key's value; null where the request has none.</summary>
    public string? Value(string key)
    {
        const string Tag = ":ResourceTag/";
        var at = key.IndexOf(Tag, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? Context.GetValueOrDefault(key) : Tags.GetValueOrDefault(key[(at + Tag.Length)..]);
    }
}
