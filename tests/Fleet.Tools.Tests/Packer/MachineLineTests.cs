using Fleet.Tools.Packer;

namespace Fleet.Tools.Tests.Packer;

/// <summary>Packer's machine-readable output.</summary>
public class MachineLineTests
{
    [Fact]
    public void Commas_and_line_ends_are_as_they_were()
    {
        var line = MachineLine.Read("1600000000,,ui,say,==> a%!(PACKER_COMMA) b\\nc")!;

        (line.Target, line.Type).ShouldBe(("", "ui"));
        line.Data.ShouldBe(["say", "==> a, b\nc"]);
    }

    [Theory]
    [InlineData("1600000000,amazon-ebs.worker,artifact,0,id,eu-central-1:ami-0123456789abcdef0", "eu-central-1 ami-0123456789abcdef0")]
    [InlineData("1600000000,amazon-ebs.worker,artifact,0,id,eu-central-1:ami-01234567%!(PACKER_COMMA)us-east-1:ami-89abcdef", "eu-central-1 ami-01234567|us-east-1 ami-89abcdef")]
    [InlineData("1600000000,amazon-ebs.worker,artifact,0,string,AMIs were created", "")]
    [InlineData("1600000000,amazon-ebs.worker,artifact,0,id,nothing", "")]
    [InlineData("1600000000,,ui,say,id", "")]
    public void An_artifact_names_its_images(string text, string images) => string.Join('|', MachineLine.Read(text)!.Images().Select(image => $"{image.Region} {image.ImageId}")).ShouldBe(images);

    [Theory]
    [InlineData("")]
    [InlineData("panic: runtime error")]
    [InlineData("a,b,c")]
    public void What_is_no_line_is_passed_over(string text) => MachineLine.Read(text).ShouldBeNull();
}
