namespace Fleet.Service.SignIn.Tokens;

/// <summary>A bearer token that is not taken. The sentence says why, and never holds the token.</summary>
internal sealed class TokenRefusedException(string reason) : Exception(reason);
