namespace Fleet.Core.Images.Keys;

/// <summary>The keys of AWS KMS in one account and region, as far as they can be read: nothing is changed. Refusals other than a missing permission are <c>CloudRefusedException</c>.</summary>
public interface IKmsKeys
{
    /// <summary>The account behind the credentials.</summary>
    Task<string> AccountAsync(CancellationToken cancellationToken);

    /// <summary>Looks at a key, its grants and its policy; one call for each hundred grants.</summary>
    /// <param name="key">Id, alias or ARN; an ARN must be of this region.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What is known of it. What may not be read is said, not thrown.</returns>
    Task<KeyLook> LookAsync(string key, CancellationToken cancellationToken);
}
