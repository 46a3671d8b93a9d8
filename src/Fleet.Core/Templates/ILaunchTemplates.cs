namespace Fleet.Core.Templates;

/// <summary>Launch templates.</summary>
public interface ILaunchTemplates
{
    /// <summary>A version by number, or by <c>$Latest</c> / <c>$Default</c>; null when template or version does not exist.</summary>
    Task<TemplateVersion?> VersionAsync(string templateId, string version, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a new version from a source version with changes laid over it. Idempotent by client token: the same token gives the same version.
    /// Snapshots in block device mappings, which AWS drops from the copy, are given again unless they belong to the old image.
    /// </summary>
    Task<TemplateVersion> CreateVersionAsync(string templateId, long sourceVersion, TemplateChanges changes, string description, string clientToken, CancellationToken cancellationToken);

    /// <summary>Whether the caller may write versions of this template, asked by EC2's dry run; nothing is written.</summary>
    Task<bool> MayCreateVersionAsync(string templateId, long sourceVersion, string imageId, CancellationToken cancellationToken);
}
