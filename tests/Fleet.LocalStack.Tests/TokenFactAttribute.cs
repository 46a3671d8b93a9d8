namespace Fleet.LocalStack.Tests;

/// <summary>A test of a service that LocalStack serves to holders of a token only.</summary>
public sealed class TokenFactAttribute : FactAttribute
{
    public TokenFactAttribute() => Skip = LocalStack.Token is null ? "LOCALSTACK_AUTH_TOKEN is not set, and Auto Scaling needs it" : null;
}
