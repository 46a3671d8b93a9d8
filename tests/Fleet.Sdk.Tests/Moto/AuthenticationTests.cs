using System.Net;
using System.Text.Json;
using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Fleet.Sdk.Tests.Aws;

namespace Fleet.Sdk.Tests.Moto;

/// <summary>moto with its check of signatures and permissions on; a server of its own, for the check holds for all that it serves.</summary>
public sealed class AuthenticationTests(AuthenticatingMoto moto) : IClassFixture<AuthenticatingMoto>
{
    [Theory]
    [InlineData("ec2", "DescribeInstances", "{}", typeof(AmazonEC2Exception), "AuthFailure")]
    [InlineData("autoscaling", "DescribeAutoScalingGroups", "{}", typeof(AmazonAutoScalingException), "SignatureDoesNotMatch")]
    [InlineData("ssm", "GetParameter", """{"Name": "none"}""", typeof(AmazonSimpleSystemsManagementException), "SignatureDoesNotMatch")]
    public async Task A_wrong_secret_is_refused_with_the_services_own_exception(string command, string operation, string arguments, Type exception, string code)
    {
        var refused = await CallAsync(command, operation, arguments, moto.AdministratorKey, "wrong");

        refused.ShouldBeOfType(exception);
        refused.StatusCode.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized);
        refused.ErrorCode.ShouldBe(code);
    }

    [Theory]
    [InlineData("ec2", "DescribeInstances", "{}", typeof(AmazonEC2Exception))]
    [InlineData("autoscaling", "DescribeAutoScalingGroups", "{}", typeof(AmazonAutoScalingException))]
    [InlineData("ssm", "GetParameter", """{"Name": "none"}""", typeof(AmazonSimpleSystemsManagementException))]
    public async Task A_missing_permission_is_refused_with_the_services_own_exception(string command, string operation, string arguments, Type exception)
    {
        var refused = await CallAsync(command, operation, arguments, moto.NobodyKey, moto.NobodySecret);

        refused.ShouldBeOfType(exception);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        refused.ErrorCode.ShouldBe("AccessDenied");
    }

    [Theory]
    [InlineData("ec2", "DescribeInstances", "{}")]
    [InlineData("autoscaling", "DescribeAutoScalingGroups", "{}")]
    [InlineData("ssm", "GetParameters", """{"Names": ["none"]}""")]
    public async Task A_right_signature_of_a_caller_with_the_permission_is_accepted(string command, string operation, string arguments)
    {
        using var client = ServiceUnderTest.All[command].Client(moto.Server.Url, moto.AdministratorKey, moto.AdministratorSecret);

        var response = await ServiceUnderTest.All[command].CallAsync(client, operation, JsonDocument.Parse(arguments).RootElement);

        response.HttpStatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<AmazonServiceException> CallAsync(string command, string operation, string arguments, string key, string secret)
    {
        using var client = ServiceUnderTest.All[command].Client(moto.Server.Url, key, secret);
        return await Should.ThrowAsync<AmazonServiceException>(
            () => ServiceUnderTest.All[command].CallAsync(client, operation, JsonDocument.Parse(arguments).RootElement));
    }
}
