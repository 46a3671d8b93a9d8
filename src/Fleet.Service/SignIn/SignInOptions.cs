using Fleet.Service.SignIn.Tokens;

namespace Fleet.Service.SignIn;

/// <summary>How callers prove who they are. With neither keys nor tokens the service listens on loopback only, and whoever reaches it may do everything.</summary>
public sealed record SignInOptions
{
    /// <summary>Whether API keys are taken. Default no.</summary>
    public bool ApiKeys { get; init; }

    /// <summary>Which bearer tokens are taken; null: none.</summary>
    public TokenRules? Tokens { get; init; }

    /// <summary>How the issuer's keys are fetched; null: as the settings' outgoing rules have it, the issuer's own host allowed.</summary>
    public HttpMessageInvoker? Http { get; init; }

    /// <summary>Whether callers must sign in.</summary>
    public bool Required => ApiKeys || Tokens is not null;
}
