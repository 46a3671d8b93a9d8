using Fleet.Core.Rotations;
using Fleet.Simulation.Calls;

namespace Fleet.Contracts.Cloud;

/// <summary>What the suites of the cloud's ports share.</summary>
public abstract class CloudSuite : IAsyncLifetime
{
    protected static CancellationToken None => CancellationToken.None;

    protected ICloudStage Stage { get; private set; } = null!;

    public async Task InitializeAsync() => Stage = await OpenAsync();

    public async Task DisposeAsync() => await Stage.DisposeAsync();

    protected abstract Task<ICloudStage> OpenAsync();

    protected async Task<ScalingGroup> GroupAsync() => (await Stage.Groups.DescribeAsync([StageWorld.Group], None)).ShouldHaveSingleItem();

    protected IReadOnlyList<CallRecord> Calls(string verb)
    {
        lock (Stage.World.Gate)
        {
            return [.. Stage.World.Log.Records.Where(call => call.Verb == verb)];
        }
    }

    protected static async Task<CloudRefusedException> RefusedAsync(Func<Task> call, string code, string action)
    {
        var refused = await Should.ThrowAsync<CloudRefusedException>(call);
        refused.Code.ShouldBe(code, refused.Message);
        refused.Action.ShouldBe(action);
        return refused;
    }
}
