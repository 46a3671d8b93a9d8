namespace Fleet.SdkGen;

/// <summary>What of the models Fleet uses. A shape that is not named here keeps all its members.</summary>
public static class KeepLists
{
    /// <summary>EC2's operations.</summary>
    public static readonly string[] Ec2 =
    [
        "CopyImage", "CreateLaunchTemplate", "CreateLaunchTemplateVersion", "CreateTags", "DeleteKeyPair", "DeleteSecurityGroup", "DeleteSnapshot",
        "DeregisterImage", "DescribeAvailabilityZones", "DescribeImages", "DescribeInstanceTypes", "DescribeInstances", "DescribeKeyPairs",
        "DescribeLaunchTemplateVersions", "DescribeLaunchTemplates", "DescribeSecurityGroups", "DescribeSnapshots", "DescribeSubnets", "DisableImage",
        "DisableImageDeprecation", "EnableImage", "EnableImageDeprecation", "GetConsoleOutput", "ModifyImageAttribute", "RunInstances",
        "TerminateInstances",
    ];

    /// <summary>Auto Scaling's operations.</summary>
    public static readonly string[] AutoScaling =
    [
        "CreateAutoScalingGroup", "CreateOrUpdateTags", "DeleteAutoScalingGroup", "DescribeAutoScalingGroups", "DescribeAutoScalingInstances",
        "DescribeInstanceRefreshes", "DescribeLaunchConfigurations", "DescribeLifecycleHooks", "DescribeScalingActivities", "DescribeScheduledActions", "DescribeTags", "DescribeWarmPool",
        "LaunchInstances", "ResumeProcesses", "SetDesiredCapacity", "SetInstanceProtection", "SuspendProcesses", "TerminateInstanceInAutoScalingGroup",
        "UpdateAutoScalingGroup",
    ];

    /// <summary>The operations of SSM's Parameter Store and Run Command.</summary>
    public static readonly string[] Ssm =
    [
        "CancelCommand", "DeleteParameter", "DescribeInstanceInformation", "GetCommandInvocation", "GetParameter", "GetParameters", "GetParametersByPath", "ListCommands", "PutParameter", "SendCommand",
    ];

    /// <summary>By service and shape, the members kept.</summary>
    public static readonly Dictionary<string, string[]> Members = new()
    {
        // An instance type is read for its size and architecture alone.
        ["EC2.InstanceTypeInfo"] =
        [
            "InstanceType", "CurrentGeneration", "SupportedUsageClasses", "BareMetal", "Hypervisor", "ProcessorInfo", "VCpuInfo", "MemoryInfo",
            "InstanceStorageSupported", "NetworkInfo", "GpuInfo",
        ],
        // A launch configuration is read for its image alone.
        ["AutoScaling.LaunchConfiguration"] = ["LaunchConfigurationName", "ImageId"],
        ["EC2.NetworkInfo"] = ["MaximumNetworkInterfaces", "Ipv4AddressesPerInterface", "Ipv6AddressesPerInterface", "Ipv6Supported"],
    };
}
