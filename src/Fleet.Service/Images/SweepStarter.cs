using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Core.Retirement;
using Fleet.Core.Retirement.Orders;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;
using Fleet.Hosting.Retirement;
using Fleet.Service.Runs;

namespace Fleet.Service.Images;

/// <summary>Says what a sweep would do, and begins it.</summary>
internal sealed class SweepStarter(ServiceOptions options, SweepHost host, SweepLooks looks, RunSupervisor supervisor)
{
    /// <summary>What would be done; nothing is recorded.</summary>
    public async Task<JsonObject> PlanAsync(ImageSweepOrder order, CancellationToken cancellationToken) =>
        new() { ["plan"] = new JsonObject { ["items"] = new JsonArray([.. (await looks.LookAsync(order.Parameters, cancellationToken).ConfigureAwait(false)).Select(SweepDocument.Of)]) } };

    /// <summary>Begins a sweep, or finds what the same order began before.</summary>
    /// <param name="order">The order.</param>
    /// <param name="digest">Digest of the order.</param>
    /// <param name="startedBy">Who asks.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>The run, already recorded, and whether this order began it.</returns>
    public Task<(Run Run, bool Begun)> StartAsync(ImageSweepOrder order, string digest, Caller startedBy, CancellationToken cancellationToken) =>
        ImageRuns.BeginAsync(options, supervisor, order.Key, digest, startedBy, order.WhenUnderWay, _ => Task.FromResult(host.Prepare(new SweepSpec { Parameters = order.Parameters }, startedBy.Name, startedBy.Person)), cancellationToken);
}
