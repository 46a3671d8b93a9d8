namespace Fleet.Core.Images;

/// <summary>A version of a parent recipe.</summary>
/// <param name="Recipe">The parent's name.</param>
/// <param name="Version">Its version.</param>
public sealed record ParentVersion(string Recipe, string Version)
{
    /// <summary>What its record's key is.</summary>
    public string Key => $"{Recipe}/{Version}";
}
