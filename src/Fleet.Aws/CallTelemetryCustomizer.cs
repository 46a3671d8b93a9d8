using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SimpleSystemsManagement;

namespace Fleet.Aws;

/// <summary>Puts <see cref="CallTelemetry"/> into every client of AWS that is made, right within its retries.</summary>
internal sealed class CallTelemetryCustomizer : IRuntimePipelineCustomizer
{
    private static readonly Dictionary<Type, string> Services = new()
    {
        [typeof(AmazonAutoScalingClient)] = "autoscaling",
        [typeof(AmazonEC2Client)] = "ec2",
        [typeof(AmazonS3Client)] = "s3",
        [typeof(AmazonSimpleSystemsManagementClient)] = "ssm",
        [typeof(AmazonSecurityTokenServiceClient)] = "sts",
    };

    public string UniqueName => "Fleet.Aws.CallTelemetry";

    /// <summary>Has the clients counted that are made from now on; to ask again does nothing.</summary>
    public static void Register() => RuntimePipelineCustomizerRegistry.Instance.Register(new CallTelemetryCustomizer());

    public void Customize(Type type, RuntimePipeline pipeline)
    {
        if (Services.TryGetValue(type, out var service))
        {
            pipeline.AddHandlerAfter<RetryHandler>(new CallTelemetry(service));
        }
    }
}
