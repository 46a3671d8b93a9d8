using System.Net;
using System.Text;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;

namespace Fleet.Sandbox.Tests.Aws;

/// <summary>EC2, SSM and STS over the wire, with the real aws command line.</summary>
public sealed class Ec2WireTests(AwsSandbox sandbox) : IClassFixture<AwsSandbox>
{
    [Fact]
    public async Task A_template_version_is_made_from_a_source_and_read_back_whole()
    {
        const string Data = """{"ImageId":"ami-0bbbbbbbbbbbbbbb2","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":80,"DeleteOnTermination":true}}],"TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"fleet:version","Value":"2"}]}]}""";
        var made = (await sandbox.Cli.Run("ec2", "create-launch-template-version", "--launch-template-name", "workers", "--source-version", "1", "--version-description", "new image", "--client-token", "t1", "--launch-template-data", Data))["LaunchTemplateVersion"]!;
        made["VersionNumber"]!.GetValue<int>().ShouldBe(2);
        var again = (await sandbox.Cli.Run("ec2", "create-launch-template-version", "--launch-template-name", "workers", "--source-version", "1", "--version-description", "new image", "--client-token", "t1", "--launch-template-data", Data))["LaunchTemplateVersion"]!;
        again["VersionNumber"]!.GetValue<int>().ShouldBe(2);
        var read = (await sandbox.Cli.Run("ec2", "describe-launch-template-versions", "--launch-template-name", "workers", "--versions", "2"))["LaunchTemplateVersions"]![0]!["LaunchTemplateData"]!;
        read["InstanceType"]!.GetValue<string>().ShouldBe("m5.xlarge");
        read["MetadataOptions"]!["HttpTokens"]!.GetValue<string>().ShouldBe("required");
        read["SecurityGroupIds"]![0]!.GetValue<string>().ShouldBe("sg-0123456789abcdef0");
        read["BlockDeviceMappings"]![0]!["Ebs"]!["VolumeSize"]!.GetValue<int>().ShouldBe(80);
        read["TagSpecifications"]![0]!["Tags"]![0]!["Key"]!.GetValue<string>().ShouldBe("fleet:version");
        (await sandbox.Cli.Run("ec2", "describe-launch-templates"))["LaunchTemplates"]![0]!["LatestVersionNumber"]!.GetValue<int>().ShouldBe(2);
        (await sandbox.Cli.Fail("ec2", "describe-launch-template-versions", "--launch-template-id", "lt-0123456789abcdef0")).ShouldContain("(InvalidLaunchTemplateId.NotFound)");
    }

    [Fact]
    public async Task Images_instances_types_and_subnets_are_described()
    {
        var images = (await sandbox.Cli.Run("ec2", "describe-images", "--owners", "self", "--filters", "Name=name,Values=worker-*.2"))["Images"]!.AsArray();
        images.ShouldHaveSingleItem()!["ImageId"]!.GetValue<string>().ShouldBe("ami-0bbbbbbbbbbbbbbb2");
        (await sandbox.Cli.Fail("ec2", "describe-images", "--image-ids", "ami-0123456789abcdef0")).ShouldContain("(InvalidAMIID.NotFound)");
        var instance = (await sandbox.Cli.Run("ec2", "describe-instances", "--filters", "Name=tag:aws:autoscaling:groupName,Values=workers"))["Reservations"]![0]!["Instances"]![0]!;
        instance["State"]!["Name"]!.GetValue<string>().ShouldBe("running");
        instance["PrivateDnsName"]!.GetValue<string>().ShouldEndWith(".eu-central-1.compute.internal");
        (await sandbox.Cli.Run("ec2", "describe-instance-types", "--instance-types", "m5.xlarge"))["InstanceTypes"]![0]!["ProcessorInfo"]!["SupportedArchitectures"]![0]!.GetValue<string>().ShouldBe("x86_64");
        (await sandbox.Cli.Run("ec2", "describe-subnets"))["Subnets"]!.AsArray().Count.ShouldBe(3);
        (await sandbox.Cli.Fail("ec2", "create-tags", "--dry-run", "--resources", instance["InstanceId"]!.GetValue<string>(), "--tags", "Key=a,Value=b")).ShouldContain("(DryRunOperation)");
        (await sandbox.Cli.Run("ec2", "get-console-output", "--instance-id", instance["InstanceId"]!.GetValue<string>()))["Output"]!.GetValue<string>().ShouldContain("Started kubelet.service");
    }

    [Fact]
    public async Task Parameters_and_the_caller_are_told()
    {
        (await sandbox.Cli.Run("ssm", "get-parameter", "--name", "/images/worker/latest"))["Parameter"]!["Value"]!.GetValue<string>().ShouldBe("ami-0bbbbbbbbbbbbbbb2");
        (await sandbox.Cli.Run("ssm", "put-parameter", "--name", "/images/other", "--value", "x", "--type", "String"))["Version"]!.GetValue<int>().ShouldBe(1);
        (await sandbox.Cli.Run("ssm", "get-parameters", "--names", "/images/other", "/none"))["InvalidParameters"]![0]!.GetValue<string>().ShouldBe("/none");
        (await sandbox.Cli.Fail("ssm", "get-parameter", "--name", "/none")).ShouldContain("(ParameterNotFound)");
        (await sandbox.Cli.Run("sts", "get-caller-identity"))["Account"]!.GetValue<string>().ShouldBe("123456789012");
    }

    [Fact]
    public async Task Keys_are_told_with_their_grants_and_policies()
    {
        var key = new EncryptionKey { Id = "1234abcd-12ab-34cd-56ef-1234567890ab", Aliases = ["alias/images"], Grants = [new EncryptionGrant("1", "arn:aws:iam::123456789012:role/a", ["Decrypt"])] };
        sandbox.Look(world =>
        {
            world.Cloud.Put(key);
            return true;
        });

        var metadata = (await sandbox.Cli.Run("kms", "describe-key", "--key-id", "alias/images"))["KeyMetadata"]!;
        ((string)metadata["Arn"]!, (string)metadata["KeyState"]!, (string)metadata["KeyManager"]!).ShouldBe(($"arn:aws:kms:eu-central-1:123456789012:key/{key.Id}", "Enabled", "CUSTOMER"));
        ((string)(await sandbox.Cli.Run("kms", "list-grants", "--key-id", key.Id))["Grants"]![0]!["GranteePrincipal"]!).ShouldBe("arn:aws:iam::123456789012:role/a");
        ((string)(await sandbox.Cli.Run("kms", "get-key-policy", "--key-id", key.Id, "--policy-name", "default"))["Policy"]!).ShouldContain("arn:aws:iam::123456789012:root");
        (await sandbox.Cli.Fail("kms", "describe-key", "--key-id", "alias/none")).ShouldContain("(NotFoundException)");
        (await sandbox.Cli.Fail("kms", "list-grants", "--key-id", "alias/images")).ShouldContain("(NotFoundException)");
    }

    [Fact]
    public async Task Faults_come_in_the_words_of_each_service()
    {
        sandbox.Look(world =>
        {
            world.Faults.Deny("DescribeRegions");
            world.Faults.Deny("GetParametersByPath");
            world.Faults.Next("DescribeAvailabilityZones", WorldFaultKind.Throttled);
            world.Faults.Next("ModifyLaunchTemplate", WorldFaultKind.TimeoutAfterSuccess);
            return true;
        });
        (await sandbox.Cli.Fail("ec2", "describe-regions")).ShouldContain("(UnauthorizedOperation) when calling the DescribeRegions operation");
        (await sandbox.Cli.Fail("ssm", "get-parameters-by-path", "--path", "/images")).ShouldContain("(AccessDeniedException)");
        (await sandbox.Cli.Fail("ec2", "describe-availability-zones")).ShouldContain("(RequestLimitExceeded)");
        (await sandbox.Cli.Fail("ec2", "modify-launch-template", "--launch-template-name", "workers", "--default-version", "1")).ShouldContain("Connection");
        sandbox.Look(world => world.Log.Records.Last(call => call.Verb == "ModifyLaunchTemplate")).ShouldSatisfyAllConditions(call => call.Answer.ShouldBe(0), call => call.Applied.ShouldBeTrue());
    }

    [Theory]
    [InlineData("Action=DescribeImages&Version=2016-11-15&Colour=red", "UnknownParameter")]
    [InlineData("Action=DescribeInstances&Version=2016-11-15&MaxResults=ten", "InvalidParameterValue")]
    [InlineData("Action=CreateLaunchTemplate&Version=2016-11-15&LaunchTemplateName=x", "MissingParameter")]
    [InlineData("Action=SetDesiredCapacity&Version=2011-01-01&AutoScalingGroupName=workers", "ValidationError")]
    [InlineData("Action=Fly&Version=2011-01-01", "InvalidAction")]
    public async Task Malformed_requests_are_refused(string form, string code)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, sandbox.Endpoint) { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=AKIATEST/20260301/eu-central-1/ec2/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain($"<Code>{code}</Code>");
    }

    [Fact]
    public async Task Unsigned_requests_are_refused()
    {
        using var http = new HttpClient();
        using var response = await http.PostAsync(sandbox.Endpoint, new StringContent("Action=DescribeImages&Version=2016-11-15", Encoding.UTF8, "application/x-www-form-urlencoded"));
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
