namespace Fleet.SdkGen;

/// <summary>What of the models Fleet uses. A shape that is not named here keeps all its members.</summary>
public static class KeepLists
{
    /// <summary>EC2's operations.</summary>
    public static readonly string[] Ec2 =
    [
        "CreateLaunchTemplate", "CreateLaunchTemplateVersion", "CreateTags", "DescribeAvailabilityZones", "DescribeImages", "DescribeInstanceTypes",
        "DescribeInstances", "DescribeLaunchTemplateVersions", "DescribeLaunchTemplates", "DescribeSubnets", "GetConsoleOutput", "RunInstances",
        "TerminateInstances",
    ];

    /// <summary>Auto Scaling's operations.</summary>
    public static readonly string[] AutoScaling =
    [
        "CreateAutoScalingGroup", "CreateOrUpdateTags", "DeleteAutoScalingGroup", "DescribeAutoScalingGroups", "DescribeAutoScalingInstances",
        "DescribeInstanceRefreshes", "DescribeLifecycleHooks", "DescribeScalingActivities", "DescribeScheduledActions", "DescribeTags", "DescribeWarmPool",
        "LaunchInstances", "ResumeProcesses", "SetDesiredCapacity", "SetInstanceProtection", "SuspendProcesses", "TerminateInstanceInAutoScalingGroup",
        "UpdateAutoScalingGroup",
    ];

    /// <summary>The operations of SSM's Parameter Store.</summary>
    public static readonly string[] Ssm = ["DeleteParameter", "GetParameter", "GetParameters", "PutParameter"];

    /// <summary>By service and shape, the members kept.</summary>
    public static readonly Dictionary<string, string[]> Members = new()
    {
        // An instance type is read for its size and architecture alone.
        ["EC2.InstanceTypeInfo"] =
        [
            "InstanceType", "CurrentGeneration", "SupportedUsageClasses", "BareMetal", "Hypervisor", "ProcessorInfo", "VCpuInfo", "MemoryInfo",
            "InstanceStorageSupported", "NetworkInfo", "GpuInfo",
        ],
        ["EC2.NetworkInfo"] = ["MaximumNetworkInterfaces", "Ipv4AddressesPerInterface", "Ipv6AddressesPerInterface", "Ipv6Supported"],
    };
}
