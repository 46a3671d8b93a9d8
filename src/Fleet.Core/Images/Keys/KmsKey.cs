namespace Fleet.Core.Images.Keys;

/// <summary>A key as AWS KMS describes it (AWS KMS API, "KeyMetadata").</summary>
/// <param name="Arn">Its ARN, which names the account that it belongs to.</param>
/// <param name="State">What it can be used for now, e.g. <c>Enabled</c>, <c>Disabled</c>, <c>PendingDeletion</c>.</param>
/// <param name="IsAwsManaged">Whether AWS keeps it for a service of the account: nobody else can be let in.</param>
/// <param name="Usage">What it is for, e.g. <c>ENCRYPT_DECRYPT</c>.</param>
/// <param name="Spec">Its kind, e.g. <c>SYMMETRIC_DEFAULT</c>.</param>
public sealed record KmsKey(string Arn, string State, bool IsAwsManaged, string Usage, string Spec)
{
    /// <summary>The state of a key that can be used.</summary>
    public const string Enabled = "Enabled";

    /// <summary>The usage of a key that encrypts.</summary>
    public const string Encrypts = "ENCRYPT_DECRYPT";

    /// <summary>The kind that Amazon EBS encrypts with (Amazon EBS, "Requirements for Amazon EBS encryption").</summary>
    public const string Symmetric = "SYMMETRIC_DEFAULT";

    /// <summary>The account that it belongs to.</summary>
    public string Account => Arn.Split(':')[4];

    /// <summary>AWS partition, e.g. <c>aws</c>.</summary>
    public string Partition => Arn.Split(':')[1];
}
