using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace Fleet.LocalStack.Tests;

[Collection(nameof(LocalStackSuite))]
public sealed class SsmTests(LocalStack localStack) : IDisposable
{
    private readonly AmazonSimpleSystemsManagementClient ssm = new(LocalStack.Credentials, localStack.Configure(new AmazonSimpleSystemsManagementConfig()));

    public void Dispose() => ssm.Dispose();

    [Fact]
    public async Task A_parameter_reads_back_with_its_version()
    {
        await ssm.PutParameterAsync(new PutParameterRequest { Name = "/images/worker", Value = "ami-1", Type = ParameterType.String });
        await ssm.PutParameterAsync(new PutParameterRequest { Name = "/images/worker", Value = "ami-2", Type = ParameterType.String, Overwrite = true });

        var read = await ssm.GetParameterAsync(new GetParameterRequest { Name = "/images/worker" });

        (read.Parameter.Value, read.Parameter.Version).ShouldBe(("ami-2", 2));
    }

    [Fact]
    public async Task A_parameter_that_does_not_exist_is_refused_with_its_own_exception() =>
        await Should.ThrowAsync<ParameterNotFoundException>(() => ssm.GetParameterAsync(new GetParameterRequest { Name = "/none" }));
}
