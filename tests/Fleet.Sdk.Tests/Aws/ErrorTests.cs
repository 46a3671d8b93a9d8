using System.Net;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Fleet.Sdk.Tests.Wire;
using Microsoft.AspNetCore.Http;

namespace Fleet.Sdk.Tests.Aws;

/// <summary>Errors in the forms that AWS itself gives them, where moto has another.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("UnauthorizedOperation", 403)]
    [InlineData("InvalidInstanceID.NotFound", 400)]
    [InlineData("DryRunOperation", 412)]
    public async Task An_error_of_EC2_is_told_by_its_code(string code, int status)
    {
        await using var server = await AnswerAsync(status, $"<Response><Errors><Error><Code>{code}</Code><Message>no</Message></Error></Errors><RequestID>r-1</RequestID></Response>");
        using var ec2 = (AmazonEC2Client)ServiceUnderTest.All["ec2"].Client(server.Uri.ToString());

        var error = await Should.ThrowAsync<AmazonEC2Exception>(() => ec2.DescribeInstancesAsync(new DescribeInstancesRequest()));

        (error.ErrorCode, error.StatusCode, error.RequestId).ShouldBe((code, (HttpStatusCode)status, "r-1"));
    }

    [Theory]
    [InlineData("ResourceContention", typeof(ResourceContentionException))]
    [InlineData("ScalingActivityInProgress", typeof(ScalingActivityInProgressException))]
    [InlineData("ValidationError", typeof(AmazonAutoScalingException))]
    public async Task An_error_of_Auto_Scaling_has_the_exception_of_its_shape(string code, Type exception)
    {
        await using var server = await AnswerAsync(
            400, $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>no</Message></Error><RequestId>r-1</RequestId></ErrorResponse>");
        using var autoScaling = (AmazonAutoScalingClient)ServiceUnderTest.All["autoscaling"].Client(server.Uri.ToString());

        var error = await Should.ThrowAsync<AmazonAutoScalingException>(
            () => autoScaling.SetDesiredCapacityAsync(new SetDesiredCapacityRequest { AutoScalingGroupName = "g", DesiredCapacity = 1 }));

        error.ShouldBeOfType(exception);
        (error.ErrorCode, error.RequestId).ShouldBe((code, "r-1"));
    }

    [Fact]
    public async Task An_error_of_SSM_has_the_code_after_the_number_sign()
    {
        await using var server = await AnswerAsync(400, """{"__type":"com.amazonaws.ssm#ParameterNotFound","message":"no"}""", "application/x-amz-json-1.1");
        using var ssm = (AmazonSimpleSystemsManagementClient)ServiceUnderTest.All["ssm"].Client(server.Uri.ToString());

        var error = await Should.ThrowAsync<ParameterNotFoundException>(() => ssm.GetParameterAsync(new GetParameterRequest { Name = "none" }));

        error.ErrorCode.ShouldBe("ParameterNotFound");
    }

    [Fact]
    public async Task An_enumeration_value_that_is_unknown_is_kept_and_an_empty_list_is_null()
    {
        await using var server = await AnswerAsync(
            200, "<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceType>zz9.huge</instanceType><tagSet/></item></instancesSet></item></reservationSet></DescribeInstancesResponse>");
        using var ec2 = (AmazonEC2Client)ServiceUnderTest.All["ec2"].Client(server.Uri.ToString());

        var instance = (await ec2.DescribeInstancesAsync(new DescribeInstancesRequest())).Reservations![0].Instances![0];

        instance.InstanceType.Value.ShouldBe("zz9.huge");
        instance.Tags.ShouldBeNull();
        instance.BlockDeviceMappings.ShouldBeNull();
    }

    [Theory]
    [InlineData("eu-west-1", false, "https://ec2.eu-west-1.amazonaws.com/")]
    [InlineData("us-east-1", true, "https://ec2-fips.us-east-1.amazonaws.com/")]
    [InlineData("cn-north-1", false, "https://ec2.cn-north-1.amazonaws.com.cn/")]
    public void The_address_of_a_service_is_that_of_its_region_and_partition(string region, bool fips, string address)
    {
        var config = new AmazonEC2Config { RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region), UseFIPSEndpoint = fips };

        var endpoint = config.DetermineServiceOperationEndpoint(new Amazon.Runtime.Endpoints.ServiceOperationEndpointParameters(new DescribeInstancesRequest()));

        endpoint.URL.TrimEnd('/').ShouldBe(address.TrimEnd('/'));
    }

    private static Task<TestServer> AnswerAsync(int status, string content, string contentType = "text/xml") => TestServer.StartAsync(context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(content);
    });
}
