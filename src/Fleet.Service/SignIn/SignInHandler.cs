using System.Security.Claims;
using System.Text.Encodings.Web;
using Fleet.Core.Access;
using Fleet.Service.SignIn.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleet.Service.SignIn;

/// <summary>Reads <c>Authorization: Bearer</c> (RFC 6750): an API key, or a token of the issuer.</summary>
internal sealed class SignInHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ServiceOptions service, TokenVerifier? verifier = null)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string Bearer = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!service.SignIn.Required)
        {
            return Good(Caller.Local);
        }

        var header = (string?)Request.Headers.Authorization;
        if (string.IsNullOrEmpty(header))
        {
            return AuthenticateResult.NoResult();
        }

        if (header.Split(' ', 2) is not [var scheme, { Length: > 0 } credential] || !scheme.Equals(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.Fail("the Authorization header is not of the form 'Bearer KEY-OR-TOKEN'");
        }

        return ApiKeys.IdOf(credential) is { } id ? await KeyAsync(id, credential).ConfigureAwait(false) : await TokenAsync(credential).ConfigureAwait(false);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => throw new NotSupportedException("refusals are problem details");

    private async Task<AuthenticateResult> KeyAsync(string id, string text)
    {
        var key = service.SignIn.ApiKeys ? await service.Keys.FindAsync(id, Context.RequestAborted).ConfigureAwait(false) : null;

        // One answer for unknown, wrong, ended and taken back: the difference is nobody's business who cannot sign in.
        return key is not null && ApiKeys.IsGood(key, text, service.Connections.Wall.GetUtcNow()) ? Good(new Caller($"key {key.Name} ({key.Id})", key.Grants, key.Person)) : AuthenticateResult.Fail("the API key is not known, has expired or was taken back");
    }

    private async Task<AuthenticateResult> TokenAsync(string text)
    {
        if (verifier is null)
        {
            return AuthenticateResult.Fail(!service.SignIn.ApiKeys ? "the service takes no such credential" : "the credential is no API key, and the service takes no tokens");
        }

        try
        {
            return Good(await verifier.VerifyAsync(text, Context.RequestAborted).ConfigureAwait(false));
        }
        catch (TokenRefusedException refused)
        {
            return AuthenticateResult.Fail(refused.Message);
        }
    }

    private AuthenticateResult Good(Caller caller)
    {
        Context.Items[typeof(Caller)] = caller;
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name)], Bearer)), Bearer));
    }
}
