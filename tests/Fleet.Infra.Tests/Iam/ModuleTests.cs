using Fleet.Infra.Tests.Tools;

namespace Fleet.Infra.Tests.Iam;

public sealed class ModuleTests
{
    [Fact]
    public Task The_modules_are_formatted() => Terraform.FormattedAsync();

    [Theory]
    [InlineData("policy", false)]
    [InlineData("service-policy", false)]
    [InlineData("builder-policy", false)]
    [InlineData("image-policy", false)]
    [InlineData("node-policy", false)]
    [InlineData("cluster-role", true)]
    [InlineData("service-role", true)]
    public async Task A_module_is_valid_to_terraform_and_its_provider(string module, bool provider)
    {
        using var terraform = await Terraform.InitAsync(module, provider);
        await terraform.ValidateAsync();
    }
}
