using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fleet.Contracts.Cluster;

namespace Fleet.Kubernetes.Tests;

public sealed class ViewTests
{
    [Fact]
    public async Task The_view_over_the_wire_is_the_view_of_the_world()
    {
        await using var wire = await SandboxClusterStage.OpenAsync();
        await using var simulated = new SimulatedClusterStage(wire.World);
        var direct = await simulated.Watch.ViewAsync(CancellationToken.None);
        var seen = await wire.Watch.ViewAsync(CancellationToken.None);

        // The sandbox shows disks that the world does not model.
        Compare(seen.Nodes.Values.OrderBy(node => node.Name).Select(node => node with { Allocatable = node.Allocatable with { Others = ImmutableSortedDictionary<string, long>.Empty } }), direct.Nodes.Values.OrderBy(node => node.Name));
        Compare(seen.Pods.Values.OrderBy(pod => pod.Key), direct.Pods.Values.OrderBy(pod => pod.Key));
        Compare(seen.Budgets.Values.OrderBy(budget => budget.Key), direct.Budgets.Values.OrderBy(budget => budget.Key));
        Compare(seen.Owners.Values.OrderBy(owner => owner.Key.ToString()), direct.Owners.Values.OrderBy(owner => owner.Key.ToString()));
        Compare(seen.Attachments.Values.OrderBy(one => one.Name), direct.Attachments.Values.OrderBy(one => one.Name));
        seen.KubeSystemUid.ShouldBe(direct.KubeSystemUid);
    }

    private static void Compare<T>(IEnumerable<T> wire, IEnumerable<T> direct)
    {
        foreach (var (left, right) in wire.Select(Text).Zip(direct.Select(Text)))
        {
            left.ShouldBe(right);
        }

        wire.Count().ShouldBe(direct.Count());
    }

    /// <summary>Times on the wire are whole seconds.</summary>
    private static string Text<T>(T one) => Regex.Replace(JsonSerializer.Serialize(one), @"(T\d\d:\d\d:\d\d)\.\d+", "$1");
}
