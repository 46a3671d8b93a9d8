namespace Fleet.Core.Templates;

/// <summary>A version of a launch template.</summary>
public sealed record TemplateVersion
{
    /// <summary>Template id, <c>lt-…</c>.</summary>
    public required string TemplateId { get; init; }

    /// <summary>Template name.</summary>
    public string TemplateName { get; init; } = "";

    /// <summary>Number, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>ImageId as written: an id, or <c>resolve:ssm:…</c>.</summary>
    public string? ImageId { get; init; }

    /// <summary>The id that it resolves to now; equals <see cref="ImageId"/> for a plain id.</summary>
    public string? ResolvedImageId { get; init; }

    /// <summary>Instance type; null when the version names none.</summary>
    public string? InstanceType { get; init; }

    /// <summary>Whole launch template data as canonical JSON (sorted keys, nulls left out), to compare what is not modelled here.</summary>
    public required string Data { get; init; }

    /// <summary>Description.</summary>
    public string? Description { get; init; }
}
