namespace Fleet.Service.Auditing;

/// <summary>One of several things that a request is about; each has an entry of its own.</summary>
/// <param name="name">What it is, in words.</param>
/// <param name="after">As it was asked for.</param>
internal sealed class AuditPart(string name, string after)
{
    public string Name { get; } = name;

    /// <summary>As it was; null where there was none, or where it was not looked at.</summary>
    public string? Before { get; set; }

    public string After { get; } = after;
}
