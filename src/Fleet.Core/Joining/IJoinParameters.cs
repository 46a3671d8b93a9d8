namespace Fleet.Core.Joining;

/// <summary>The SecureStrings of an account and region, from which new nodes read how they join (AWS Systems Manager, "SecureString parameters"). Refusals are <c>CloudRefusedException</c>.</summary>
public interface IJoinParameters
{
    /// <summary>The account behind the credentials.</summary>
    Task<string> AccountAsync(CancellationToken cancellationToken);

    /// <summary>A parameter's value, decrypted: a secret.</summary>
    /// <returns>Null where there is no such parameter.</returns>
    Task<string?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Sets a SecureString, one that is there as well.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The secret.</param>
    /// <param name="kmsKey">The key that encrypts it; null: the account's own for Systems Manager.</param>
    /// <param name="description">What those see who may not decrypt it.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    Task WriteAsync(string name, string value, string? kmsKey, string description, CancellationToken cancellationToken);
}
