using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Pools;

namespace Fleet.Core.Templates;

/// <summary>What a new version of a launch template says of its own; what is null is inherited from the version that it is made from.</summary>
public sealed record TemplateChanges
{
    /// <summary>Image id, or <c>resolve:ssm:…</c>.</summary>
    public required string ImageId { get; init; }

    /// <summary>User data as text, before base64.</summary>
    public string? UserData { get; init; }

    /// <summary>Hop limit of the metadata service, which then asks for tokens, too.</summary>
    public int? MetadataHopLimit { get; init; }

    /// <summary>The root volume.</summary>
    public RootVolumeSpec? RootVolume { get; init; }

    /// <summary>The image's root device, e.g. <c>/dev/xvda</c>; given where <see cref="RootVolume"/> is, or <see cref="FormerRoots"/>.</summary>
    public string? RootDevice { get; init; }

    /// <summary>
    /// Root devices of the images of the versions before that have another name, by the image as such a version names it: what a version says of its own root device is said of the new one's instead.
    /// Under the old name it would be a further volume. Default none.
    /// </summary>
    public ImmutableSortedDictionary<string, string> FormerRoots { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Name or ARN of the instance profile.</summary>
    public string? InstanceProfile { get; init; }

    /// <summary>Tags of instances and volumes, beside those that are inherited. Default none.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether all but the image is inherited.</summary>
    [JsonIgnore]
    public bool IsImageAlone => UserData is null && MetadataHopLimit is null && RootVolume is null && InstanceProfile is null && Tags.IsEmpty && FormerRoots.IsEmpty;

    /// <summary>Twelve digits that stand for all of it: for the token of a call, which must not be used again with something else.</summary>
    [JsonIgnore]
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SpecJson.Write(this))))[..12];

    /// <summary>What a pool's declaration comes to with an image.</summary>
    /// <param name="cluster">The pool's cluster.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="imageId">The image.</param>
    /// <param name="rootDevice">The image's root device; null when unknown.</param>
    /// <param name="formerRoots">See <see cref="FormerRoots"/>.</param>
    /// <exception cref="ArgumentException">User data cannot be rendered; the message says why.</exception>
    public static TemplateChanges Of(ClusterSpec cluster, NodePoolSpec pool, string imageId, string? rootDevice, ImmutableSortedDictionary<string, string>? formerRoots = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(pool);
        var changes = formerRoots is { IsEmpty: false } ? new TemplateChanges { ImageId = imageId, RootDevice = rootDevice, FormerRoots = formerRoots } : new() { ImageId = imageId };
        return pool.Template is not { } template ? changes : changes with
        {
            UserData = template.UserData is null ? null : WorkerUserData.Render(cluster, pool),
            MetadataHopLimit = template.MetadataHopLimit,
            RootVolume = template.RootVolume,
            RootDevice = template.RootVolume is null ? changes.RootDevice : rootDevice,
            InstanceProfile = template.InstanceProfile,
            Tags = template.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
    }
}
