using Fleet.Core.Inventory;

namespace Fleet.Core.Tests.Inventory;

public sealed class FormatsTests
{
    public static TheoryData<string, string, bool> Cases() => new()
    {
        { nameof(Formats.Name), "a", true },
        { nameof(Formats.Name), new string('a', 63), true },
        { nameof(Formats.Name), new string('a', 64), false },
        { nameof(Formats.Name), "a-", false },
        { nameof(Formats.Name), "a.b", false },
        { nameof(Formats.Name), "a\n", false },
        { nameof(Formats.Region), "us-gov-west-1", true },
        { nameof(Formats.Region), "ap-southeast-12", true },
        { nameof(Formats.Region), "eu-west-1a", false },
        { nameof(Formats.Group), "my group!", true },
        { nameof(Formats.Group), "a:b", false },
        { nameof(Formats.Group), " a", false },
        { nameof(Formats.Group), new string('g', 256), false },
        { nameof(Formats.Image), "ami-0123456789abcdef0", true },
        { nameof(Formats.Image), "ami-0123456G", false },
        { nameof(Formats.Parameter), "/aws/service/ami-amazon-linux-latest/al2023", true },
        { nameof(Formats.Parameter), "/a;rm", false },
        { nameof(Formats.LabelKey), "app.kubernetes.io/name", true },
        { nameof(Formats.LabelKey), "App/name", false },
        { nameof(Formats.LabelKey), "/name", false },
        { nameof(Formats.LabelValue), "", true },
        { nameof(Formats.LabelValue), "a b", false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Names_have_the_form_that_their_owner_prescribes(string format, string text, bool accepted) =>
        ((Format)typeof(Formats).GetProperty(format)!.GetValue(null)!).Accepts(text).ShouldBe(accepted);
}
