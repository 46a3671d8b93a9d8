namespace Fleet.Contracts.Cloud;

/// <summary>What the suites may rely on in an account: a group of three instances from version 1 of a template, between 1 and 5, and two images.</summary>
public sealed record CloudFacts
{
    public required string Group { get; init; }

    public required string TemplateName { get; init; }

    /// <summary>The image of version 1.</summary>
    public required string OldImage { get; init; }

    public required string NewImage { get; init; }

    /// <summary>A parameter whose value is the new image.</summary>
    public required string Parameter { get; init; }

    /// <summary>The path that the parameter is below.</summary>
    public required string ParameterPath { get; init; }

    public required string Region { get; init; }

    /// <summary>A type of architecture x86_64.</summary>
    public required string InstanceType { get; init; }

    public required int Zones { get; init; }

    /// <summary>The group's tag.</summary>
    public required (string Key, string Value) Tag { get; init; }

    /// <summary>Alias of a key that encrypts, with two grants to <see cref="Grantee"/>, one of them for an encryption context alone, and a policy with the id fleet-contract.</summary>
    public required string Key { get; init; }

    /// <summary>Alias of a key that is disabled.</summary>
    public required string DisabledKey { get; init; }

    /// <summary>Alias of a key that signs.</summary>
    public required string SigningKey { get; init; }

    /// <summary>ARN of who has the grants.</summary>
    public required string Grantee { get; init; }
}
