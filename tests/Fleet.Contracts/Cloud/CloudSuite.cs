using Fleet.Core.Rotations;

namespace Fleet.Contracts.Cloud;

/// <summary>What the suites of the cloud's ports share.</summary>
public abstract class CloudSuite : IAsyncLifetime
{
    protected static CancellationToken None => CancellationToken.None;

    protected ICloudAccount Account { get; private set; } = null!;

    protected CloudFacts Facts => Account.Facts;

    public async Task InitializeAsync() => Account = await OpenAsync();

    public async Task DisposeAsync() => await Account.DisposeAsync();

    protected abstract Task<ICloudAccount> OpenAsync();

    protected async Task<ScalingGroup> GroupAsync() => (await Account.Groups.DescribeAsync([Facts.Group], None)).ShouldHaveSingleItem();

    protected static async Task<CloudRefusedException> RefusedAsync(Func<Task> call, string code, string action)
    {
        var refused = await Should.ThrowAsync<CloudRefusedException>(call);
        refused.Code.ShouldBe(code, refused.Message);
        refused.Action.ShouldBe(action);
        return refused;
    }
}
