using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;

namespace Fleet.Sdk.Tests.Aws;

/// <summary>One of the three clients, called by the names of the service model.</summary>
internal sealed class ServiceUnderTest
{
    private readonly Type client;
    private readonly Func<AWSCredentials, string, AmazonServiceClient> create;
    private readonly JsonDocument model;

    private ServiceUnderTest(string command, Type client, Func<AWSCredentials, string, AmazonServiceClient> create)
    {
        Command = command;
        this.client = client;
        this.create = create;
        model = JsonDocument.Parse(File.ReadAllBytes(Repository.Sdk("models", command + ".json")));
    }

    public static IReadOnlyDictionary<string, ServiceUnderTest> All { get; } = new[]
    {
        new ServiceUnderTest("ec2", typeof(AmazonEC2Client), (credentials, url) =>
            new AmazonEC2Client(credentials, new AmazonEC2Config { ServiceURL = url, AuthenticationRegion = Wire.AwsCli.Region, MaxErrorRetry = 0 })),
        new ServiceUnderTest("autoscaling", typeof(AmazonAutoScalingClient), (credentials, url) =>
            new AmazonAutoScalingClient(credentials, new AmazonAutoScalingConfig { ServiceURL = url, AuthenticationRegion = Wire.AwsCli.Region, MaxErrorRetry = 0 })),
        new ServiceUnderTest("ssm", typeof(AmazonSimpleSystemsManagementClient), (credentials, url) =>
            new AmazonSimpleSystemsManagementClient(credentials, new AmazonSimpleSystemsManagementConfig { ServiceURL = url, AuthenticationRegion = Wire.AwsCli.Region, MaxErrorRetry = 0 })),
    }.ToDictionary(service => service.Command);

    /// <summary>The name of the service in the aws command.</summary>
    public string Command { get; }

    public JsonElement Model => model.RootElement;

    /// <summary>The operations that the client has and the models know.</summary>
    public IEnumerable<string> Operations => client.GetMethods().Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal))
        .Select(method => method.Name[..^"Async".Length]).Where(name => Model.GetProperty("operations").TryGetProperty(name, out _)).Distinct();

    /// <summary>"DescribeInstances" is "describe-instances".</summary>
    public static string CliName(string operation) => Regex.Replace(operation, "(?<=[a-z])([A-Z])", "-$1").ToLowerInvariant();

    public AmazonServiceClient Client(string url, string accessKey = "AKIDEXAMPLE", string secretKey = "secret") =>
        create(new BasicAWSCredentials(accessKey, secretKey), url);

    /// <summary>Calls an operation with arguments given as in the aws command's --cli-input-json.</summary>
    public async Task<AmazonWebServiceResponse> CallAsync(AmazonServiceClient instance, string operation, JsonElement arguments)
    {
        var method = client.GetMethods().Single(candidate => candidate.Name == operation + "Async"
            && candidate.GetParameters() is [{ ParameterType: var type }, _] && type.Name == operation + "Request");
        var request = JsonBinder.Bind(method.GetParameters()[0].ParameterType, arguments);
        var task = (Task)method.Invoke(instance, [request, CancellationToken.None])!;
        await task;
        return (AmazonWebServiceResponse)task.GetType().GetProperty("Result", BindingFlags.Public | BindingFlags.Instance)!.GetValue(task)!;
    }
}
