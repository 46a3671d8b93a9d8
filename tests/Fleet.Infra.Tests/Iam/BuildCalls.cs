namespace Fleet.Infra.Tests.Iam;

/// <summary>What Fleet itself calls for an image build, beside packer.</summary>
internal static class BuildCalls
{
    /// <summary>What it calls for nothing else, so that no cluster's role needs it.</summary>
    public static readonly string[] Own =
    [
        "ec2:DeleteKeyPair", "ec2:DeleteSecurityGroup", "ec2:DeleteSnapshot", "ec2:DeregisterImage", "ec2:DescribeKeyPairs", "ec2:DescribeSecurityGroups", "ec2:DescribeSnapshots", "ec2:ModifyImageAttribute",
        "ec2:TerminateInstances",
    ];

    /// <summary>All of it.</summary>
    public static readonly string[] All = [.. Own, "ec2:DescribeImages", "ec2:DescribeInstances", "kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListGrants"];
}
