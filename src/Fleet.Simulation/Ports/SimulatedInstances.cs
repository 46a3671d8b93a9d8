using Fleet.Core.Rotations;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Ports;

/// <summary>EC2's view of a simulated account's instances, without a wire and without retries.</summary>
/// <param name="world">The world.</param>
/// <param name="caller">Access key id, for the log and for fault rules.</param>
public sealed class SimulatedInstances(World world, string caller = "fleet") : IInstances
{
    private const int MostIds = 1000;
    private const int MostFilterValues = 200;
    private readonly CloudApi _api = new(world, caller);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InstanceFacts>> DescribeAsync(IReadOnlyList<string> instanceIds, CancellationToken cancellationToken) =>
        Answer(() => (IReadOnlyList<InstanceFacts>)[.. instanceIds.Distinct().Chunk(MostIds).SelectMany(Describe).Select(instance =>
            new InstanceFacts(instance.Id, instance.ImageId, instance.State, instance.Launched, instance.PrivateDnsName))], cancellationToken);

    /// <inheritdoc/>
    public Task<string> ConsoleOutputAsync(string instanceId, CancellationToken cancellationToken) =>
        Answer(() => Call("ec2", "GetConsoleOutput", () => _api.GetConsoleOutput(instanceId)) ?? "", cancellationToken);

    /// <inheritdoc/>
    public Task<string> AccountAsync(CancellationToken cancellationToken) =>
        Answer(() => Call("sts", "GetCallerIdentity", _api.GetCallerIdentity).Account, cancellationToken);

    private static T Call<T>(string service, string operation, Func<T> call) => CloudFailure.Make(service, operation, call);

    private static Task<T> Answer<T>(Func<T> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(call());
        }
        catch (CloudRefusedException refused)
        {
            return Task.FromException<T>(refused);
        }
    }

    /// <summary>One unknown id refuses the whole batch; a filter leaves it out, but takes fewer values.</summary>
    private IEnumerable<Instance> Describe(string[] ids)
    {
        try
        {
            return Call("ec2", "DescribeInstances", () => _api.DescribeInstances(ids)).Items;
        }
        catch (CloudRefusedException missing) when (missing.Code == "not-found")
        {
            return ids.Chunk(MostFilterValues).SelectMany(values =>
                Call("ec2", "DescribeInstances", () => _api.DescribeInstances(filters: [new AwsFilter("instance-id", values)], maxResults: MostIds)).Items).ToList();
        }
    }
}
