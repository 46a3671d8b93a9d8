namespace Fleet.Aws;

/// <summary>Which account and region to reach, and how. What is not set comes from the SDK's own chain: environment, profile, web identity, instance role.</summary>
public sealed record AwsOptions
{
    /// <summary>Region, e.g. <c>eu-central-1</c>.</summary>
    public required string Region { get; init; }

    /// <summary>Address of all services, for an emulator or the sandbox; null takes AWS_ENDPOINT_URL, else AWS.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Access key id; null takes the SDK's chain.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Its secret.</summary>
    public string? SecretAccessKey { get; init; }

    /// <summary>Session token of temporary credentials.</summary>
    public string? SessionToken { get; init; }

    /// <summary>ARN of a role to assume with these credentials; null: calls are made with them as they are.</summary>
    public string? RoleArn { get; init; }

    /// <summary>External id that the role's trust policy asks for; null: none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Name of the session in CloudTrail, 2 to 64 characters. Default <c>fleet</c>.</summary>
    public string Session { get; init; } = "fleet";

    /// <summary>Limit of one attempt. Default: 8 s, below what remains of a run's lease.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Attempts after the first, by the SDK's standard retry. Default: 4.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>Wraps the transport, for tests of faults; null leaves it as it is.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? Transport { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Region}{(Endpoint is null ? "" : $" at {Endpoint}")}";
}
