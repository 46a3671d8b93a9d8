namespace Fleet.Service.SignIn.Tokens;

/// <summary>Which bearer tokens are taken, and what they may do (OpenID Connect Core 1.0, "ID Token Validation"; RFC 9068, "Validating JWT Access Tokens").</summary>
public sealed record TokenRules
{
    /// <summary>The issuer, as its tokens' <c>iss</c> has it: an https address; its key set is found by OpenID Connect Discovery.</summary>
    public required Uri Issuer { get; init; }

    /// <summary>What must be among the tokens' <c>aud</c>.</summary>
    public required string Audience { get; init; }

    /// <summary>The claim that lists roles. Default <c>roles</c>.</summary>
    public string RolesClaim { get; init; } = "roles";

    /// <summary>What the roles meant for Fleet begin with, e.g. <c>fleet:operator:prod</c>; others are passed over. Default <c>fleet:</c>.</summary>
    public string RolePrefix { get; init; } = "fleet:";

    /// <summary>How far the issuer's clock may be off. Default 30 s.</summary>
    public TimeSpan Leeway { get; init; } = TimeSpan.FromSeconds(30);
}
