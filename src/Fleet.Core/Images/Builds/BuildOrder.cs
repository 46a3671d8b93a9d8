using System.Collections.Immutable;

namespace Fleet.Core.Images.Builds;

/// <summary>What a builder is told.</summary>
public sealed record BuildOrder
{
    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>The run that builds; every temporary thing bears it as <c>fleet:run</c>.</summary>
    public required string Run { get; init; }

    /// <summary>Name of the image.</summary>
    public required string ImageName { get; init; }

    /// <summary>Region that builds.</summary>
    public required string Region { get; init; }

    /// <summary>Architecture.</summary>
    public required string Architecture { get; init; }

    /// <summary>The image that it starts from.</summary>
    public required string SourceImage { get; init; }

    /// <summary>Kubernetes version; null where the image that it starts from has it already.</summary>
    public string? KubernetesVersion { get; init; }

    /// <summary>KMS key in the region; null for the account's default key.</summary>
    public string? KmsKey { get; init; }

    /// <summary>The template's folder on this machine.</summary>
    public required string Folder { get; init; }

    /// <summary>Variable files of the template, by their paths in the folder.</summary>
    public ImmutableArray<string> VariableFiles { get; init; } = [];

    /// <summary>The recipe's variables, each as JSON.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Tags of the recipe.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the build's credentials come from, asked as often as it needs them: never in arguments, files or logs. Null for none, where nothing is built.</summary>
    public Func<CancellationToken, Task<BuilderCredentials>>? Credentials { get; init; }

    /// <summary>EC2's address where it is not the region's usual one; null for that.</summary>
    public string? Ec2Endpoint { get; init; }

    /// <summary>Whether the template may run commands on this machine (<c>shell-local</c>).</summary>
    public bool Trusted { get; init; }
}
