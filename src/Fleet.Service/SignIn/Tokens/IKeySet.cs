namespace Fleet.Service.SignIn.Tokens;

/// <summary>An issuer's public keys.</summary>
internal interface IKeySet
{
    /// <summary>The keys that may have signed a token.</summary>
    /// <param name="keyId">The key that the token names; null where it names none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TokenRefusedException">The keys cannot be had.</exception>
    Task<IReadOnlyList<SigningKey>> FindAsync(string? keyId, CancellationToken cancellationToken);
}
