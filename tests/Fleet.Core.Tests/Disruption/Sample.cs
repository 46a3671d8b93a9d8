using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Inventory;

namespace Fleet.Core.Tests.Disruption;

/// <summary>Plain objects that tests vary with <c>with</c>.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    public static readonly RotationPolicy Policy = new();

    public static OwnerKey Key(string name, string kind = "ReplicaSet") => new(kind, "shop", name, $"uid-{name}");

    public static Owner Owner(string name, int wanted, string kind = "ReplicaSet") => new() { Key = Key(name, kind), Wanted = wanted, Ready = wanted };

    public static Pod Pod(string name, string? node = "old-1", string owner = "cart", string kind = "ReplicaSet") => new()
    {
        Namespace = "shop",
        Name = name,
        Uid = $"uid-{name}",
        Node = node,
        Ready = true,
        Created = Now.AddDays(-1),
        Owner = Key(owner, kind),
        Labels = Labels(("app", owner)),
        Requests = new() { MilliCpu = 100, MemoryBytes = 128 << 20, Pods = 1 },
    };

    public static Node Node(string name, string zone = "a", long cpu = 4000) => new()
    {
        Name = name,
        Uid = $"uid-{name}",
        Zone = zone,
        Ready = true,
        ReadySince = Now.AddHours(-1),
        Labels = Labels(("kubernetes.io/hostname", name), ("topology.kubernetes.io/zone", zone)),
        Allocatable = new() { MilliCpu = cpu, MemoryBytes = 16L << 30, Pods = 110 },
    };

    public static Budget Budget(string app, int expected, int desired, int healthy, string? name = null) => new()
    {
        Namespace = "shop",
        Name = name ?? app,
        Selector = App(app),
        MinAvailable = desired.ToString(),
        Generation = 1,
        ObservedGeneration = 1,
        ExpectedPods = expected,
        DesiredHealthy = desired,
        CurrentHealthy = healthy,
        DisruptionsAllowed = Math.Max(0, healthy - desired),
    };

    public static Selector App(string app) => new() { MatchLabels = Labels(("app", app)) };

    public static ImmutableSortedDictionary<string, string> Labels(params (string Key, string Value)[] labels) =>
        labels.ToImmutableSortedDictionary(label => label.Key, label => label.Value);

    public static ClusterView View(params object[] objects) => objects.Aggregate(ClusterView.Empty, (view, item) => item switch
    {
        Node node => view.With(node),
        Pod pod => view.With(pod),
        Budget budget => view.With(budget),
        Owner owner => view.With(owner),
        Attachment attachment => view.With(attachment),
        _ => throw new ArgumentException($"a view holds no {item.GetType().Name}"),
    });

    public static DrainRound Round(params object[] objects) => new(View(objects), Policy);

    public static AdmittedNode Admitted(string node, params string[] holds) => new(node, [.. holds]);

    public static readonly IReadOnlyDictionary<string, int> NoneInFlight = new Dictionary<string, int>();
}
