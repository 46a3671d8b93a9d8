using System.Collections.Immutable;

namespace Fleet.Core.Inventory.Recipes;

/// <summary>A recipe as declared: how an image is made, where it goes, and how long its versions are kept.</summary>
public sealed record RecipeSpec
{
    /// <summary>Name, from <c>metadata.name</c>; unique. At most 40 characters, so that the names of its images stay within what Amazon EC2 allows.</summary>
    public required string Name { get; init; }

    /// <summary>Account that builds and owns the images.</summary>
    public required string Account { get; init; }

    /// <summary>Role that builds; null: the service's own credentials.</summary>
    public string? RoleArn { get; init; }

    /// <summary>External id of that role's trust policy; null for none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Where the Packer template comes from.</summary>
    public required RecipeTemplate Template { get; init; }

    /// <summary>Kubernetes version of the image, without <c>v</c>, e.g. <c>1.33.2</c>; null where a parent is given, whose image has it.</summary>
    public string? KubernetesVersion { get; init; }

    /// <summary>Processor architecture. Default x86_64.</summary>
    public string Architecture { get; init; } = "x86_64";

    /// <summary>The image that it starts from; null where a parent is given.</summary>
    public BaseImage? Base { get; init; }

    /// <summary>The recipe whose newest stable image it starts from; null where a base is given.</summary>
    public string? Parent { get; init; }

    /// <summary>Variables of the template beside those that Fleet sets, each as JSON: text, number, truth value, or a map or list of them.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Regions that get the image; the first one builds it.</summary>
    public required ImmutableArray<string> Regions { get; init; }

    /// <summary>Accounts that may launch from it. Default none.</summary>
    public ImmutableArray<string> ShareWith { get; init; } = [];

    /// <summary>KMS key of each region: id, alias or ARN. Default none: the account's own default key.</summary>
    public IReadOnlyDictionary<string, string> KmsKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>Tags on image and snapshots, beside Fleet's own.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The recipe's own checks of an instance from the new image, beside Fleet's.</summary>
    public ImmutableArray<RecipeCheck> Checks { get; init; } = [];

    /// <summary>Where a new image is proved; null: it is not, and becomes available as it was built.</summary>
    public RecipeProof? Proof { get; init; }

    /// <summary>Whether a person must approve before a candidate becomes stable. Default false.</summary>
    public bool ApprovePromotion { get; init; }

    /// <summary>How long a candidate must have been in use in canary pools before it becomes stable. Default none.</summary>
    public TimeSpan PromoteAfter { get; init; }

    /// <summary>How long versions are kept.</summary>
    public ImageRetention Retention { get; init; } = new();

    /// <summary>Labels from <c>metadata.labels</c>. Default none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The document as it was put, as JSON; null where the spec was made by code.</summary>
    public string? Document { get; init; }
}
