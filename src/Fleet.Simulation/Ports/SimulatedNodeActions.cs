using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;
using Node = Fleet.Simulation.Cluster.Objects.Node;

namespace Fleet.Simulation.Ports;

/// <summary>Changes on the nodes of a simulated cluster, without a wire and without retries of faults.</summary>
/// <param name="world">The world.</param>
/// <param name="caller">Kubernetes user, for the log and for fault rules.</param>
public sealed class SimulatedNodeActions(World world, string caller = "fleet") : INodeActions
{
    private const int Attempts = 5;
    private readonly ClusterApi _api = new(world, caller);

    /// <inheritdoc/>
    public Task SetUnschedulableAsync(string node, string uid, bool unschedulable, CancellationToken cancellationToken) =>
        Make(() => Patch(node, uid, $"unschedulable={(unschedulable ? "true" : "false")}", known => known with { Unschedulable = unschedulable }), cancellationToken);

    /// <inheritdoc/>
    public Task SetMetadataAsync(string node, string uid, IReadOnlyDictionary<string, string?> labels, IReadOnlyDictionary<string, string?> annotations, CancellationToken cancellationToken) =>
        Make(() => Patch(node, uid, string.Join(',', labels.Concat(annotations).Select(pair => $"{pair.Key}={pair.Value}")), known => known with
        {
            Meta = known.Meta with { Labels = Merged(known.Meta.Labels, labels), Annotations = Merged(known.Meta.Annotations, annotations) },
        }), cancellationToken);

    /// <inheritdoc/>
    public Task SetTaintAsync(string node, string uid, NodeTaint taint, bool present, CancellationToken cancellationToken) => Make(() =>
    {
        for (var attempt = 1; ; attempt++)
        {
            var known = (Node)_api.Get("nodes", new ObjectKey("", node));
            var others = known.Taints.Where(other => other.Key != taint.Key || other.Effect != taint.Effect);
            var wanted = present ? others.Append(new Taint(taint.Key, taint.Value, taint.Effect)) : others;
            if (known.Meta.Uid != uid || wanted.OrderBy(one => one.Key, StringComparer.Ordinal).SequenceEqual(known.Taints.OrderBy(one => one.Key, StringComparer.Ordinal)))
            {
                return;
            }

            try
            {
                _api.Update("nodes", known with { Taints = [.. wanted] }, known.Meta.ResourceVersion, new UpdateOptions { Verb = "patch", Detail = $"{(present ? "" : "-")}{taint.Key}:{taint.Effect}" });
                return;
            }
            catch (CallRefusedException conflict) when (conflict.Status == 409 && attempt < Attempts)
            {
            }
        }
    }, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string node, string uid, CancellationToken cancellationToken) =>
        Make(() => _api.Delete("nodes", new ObjectKey("", node), new DeleteOptions { Uid = uid }), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> EventsAsync(string node, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> lines = [];
        await Make(() => lines = [.. _api.List("events", null).OfType<ClusterEvent>()
            .Where(one => one.InvolvedKind == "Node" && one.Involved.Name == node)
            .OrderBy(one => one.Last)
            .Select(one => $"{one.Last.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {one.Type} {one.Reason}: {one.Message}")], cancellationToken).ConfigureAwait(false);
        return lines;
    }

    private static ImmutableSortedDictionary<string, string> Merged(ImmutableSortedDictionary<string, string> known, IReadOnlyDictionary<string, string?> wanted)
    {
        foreach (var (key, value) in wanted)
        {
            known = value is null ? known.Remove(key) : known.SetItem(key, value);
        }

        return known;
    }

    /// <summary>A 404 or 409 means that the node of that uid is gone.</summary>
    private static Task Make(Action call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            call();
        }
        catch (CallRefusedException gone) when (gone.Status is 404 or 409)
        {
        }
        catch (Exception failure) when (ClusterFailure.Is(failure))
        {
            return Task.FromException(ClusterFailure.Of(failure));
        }

        return Task.CompletedTask;
    }

    /// <summary>One patch of a node with the uid in it, which the server compares: what the patch does not name stays as stored.</summary>
    private void Patch(string node, string uid, string detail, Func<Node, Node> change)
    {
        lock (world.Gate)
        {
            var stored = world.Cluster.Nodes[new ObjectKey("", node)] ?? new Node { Meta = new ObjectMeta { Name = node }, ProviderId = "" };
            _api.Update("nodes", change(stored with { Meta = stored.Meta with { Uid = uid } }), null, new UpdateOptions { Verb = "patch", Detail = detail });
        }
    }
}
