using System.Collections.Immutable;

namespace Fleet.Core.Images.Keys;

/// <summary>The service-linked role by which Auto Scaling launches, and what it needs of a customer managed key (Amazon EC2 Auto Scaling, "Required AWS KMS key policy for use with encrypted volumes").</summary>
public static class ScalingRole
{
    /// <summary>The operations that the page lets the role have.</summary>
    public static ImmutableArray<string> Operations { get; } = ["CreateGrant", "Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo"];

    /// <summary>Those of them without which no volume is attached (Amazon EBS, "Requirements for Amazon EBS encryption": permissions for users).</summary>
    public static ImmutableArray<string> Needed { get; } = Operations.RemoveRange(["Encrypt", "GenerateDataKey"]);

    /// <summary>The role's ARN in an account. Those of a suffix, which groups may have instead, begin with it and <c>_</c>.</summary>
    public static string In(string account, string partition) => $"arn:{partition}:iam::{account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
}
