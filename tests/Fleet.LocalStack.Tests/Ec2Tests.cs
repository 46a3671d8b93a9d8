using Amazon.EC2;
using Amazon.EC2.Model;

namespace Fleet.LocalStack.Tests;

[Collection(nameof(LocalStackSuite))]
public sealed class Ec2Tests(LocalStack localStack) : IDisposable
{
    private readonly AmazonEC2Client ec2 = new(LocalStack.Credentials, localStack.Configure(new AmazonEC2Config()));

    public void Dispose() => ec2.Dispose();

    [Fact]
    public async Task A_new_version_of_a_launch_template_reads_back_with_its_number_and_image()
    {
        var template = await ec2.CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = "versions",
            ClientToken = "versions-1",
            LaunchTemplateData = new RequestLaunchTemplateData { ImageId = "ami-00000001", InstanceType = InstanceType.M5Large },
        });
        await ec2.CreateLaunchTemplateVersionAsync(new CreateLaunchTemplateVersionRequest
        {
            LaunchTemplateId = template.LaunchTemplate.LaunchTemplateId,
            ClientToken = "versions-2",
            LaunchTemplateData = new RequestLaunchTemplateData { ImageId = "ami-00000002", InstanceType = InstanceType.M5Large },
        });

        var read = await ec2.DescribeLaunchTemplateVersionsAsync(new DescribeLaunchTemplateVersionsRequest { LaunchTemplateName = "versions", Versions = ["2"] });

        var version = (read.LaunchTemplateVersions ?? []).Single();
        version.VersionNumber.ShouldBe(2);
        version.LaunchTemplateData.ImageId.ShouldBe("ami-00000002");
    }

    [Fact]
    public async Task A_launch_template_that_does_not_exist_is_refused_with_its_code()
    {
        var refused = await Should.ThrowAsync<AmazonEC2Exception>(
            () => ec2.DescribeLaunchTemplateVersionsAsync(new DescribeLaunchTemplateVersionsRequest { LaunchTemplateId = "lt-0123456789abcdef0" }));

        refused.ErrorCode.ShouldStartWith("InvalidLaunchTemplateId");
    }
}
