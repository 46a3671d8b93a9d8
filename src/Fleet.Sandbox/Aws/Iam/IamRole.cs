namespace Fleet.Sandbox.Aws.Iam;

/// <summary>A role of the sandbox's account: who assumes it may do what its policy allows, and nothing else.</summary>
/// <param name="Name">Name; its ARN is <c>arn:aws:iam::ACCOUNT:role/NAME</c>.</param>
/// <param name="ExternalId">What its trust policy asks for (<c>sts:ExternalId</c>); null asks for nothing.</param>
/// <param name="Policy">Its permissions.</param>
public sealed record IamRole(string Name, string? ExternalId, IamPolicy Policy)
{
    /// <summary>How long its credentials are good for. Default: one hour, as STS has it.</summary>
    public TimeSpan Session { get; init; } = TimeSpan.FromHours(1);
}
