namespace Fleet.Sandbox.Aws;

/// <summary>The services that the sandbox plays.</summary>
internal enum AwsService
{
    /// <summary>EC2 query.</summary>
    Ec2,

    /// <summary>Auto Scaling query.</summary>
    AutoScaling,

    /// <summary>STS query.</summary>
    Sts,

    /// <summary>SSM, JSON 1.1.</summary>
    Ssm,

    /// <summary>KMS, JSON 1.1.</summary>
    Kms,
}
