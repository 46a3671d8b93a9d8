using System.Security.Cryptography;
using System.Text;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Writes Events as the cluster's parts do: repeats raise a count; the oldest go when there are too many, as the server's time to live would see to.</summary>
public sealed class EventRecorder(ClusterState cluster)
{
    private readonly Queue<ObjectKey> _order = new();

    /// <summary>Most events kept. Default: 5,000.</summary>
    public int Limit { get; set; } = 5000;

    internal void Warn(WorldObject about, string kind, string component, string reason, string message) =>
        Write(about, kind, component, "Warning", reason, message);

    internal void Note(WorldObject about, string kind, string component, string reason, string message) =>
        Write(about, kind, component, "Normal", reason, message);

    private static string NameOf(WorldObject about, string reason, string message) =>
        $"{about.Meta.Name}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{about.Meta.Uid} {reason} {message}")).AsSpan(0, 8))}";

    private void Write(WorldObject about, string kind, string component, string type, string reason, string message)
    {
        var ns = about.Meta.Namespace.Length > 0 ? about.Meta.Namespace : "default";
        var key = new ObjectKey(ns, NameOf(about, reason, message));
        var now = cluster.World.Now;
        if (cluster.Events[key] is { } seen)
        {
            cluster.Events.Put(seen with { Count = seen.Count + 1, Last = now });
            return;
        }

        cluster.Events.Put(new ClusterEvent
        {
            Meta = new ObjectMeta { Namespace = ns, Name = key.Name },
            InvolvedKind = kind,
            Involved = about.Meta.Key,
            InvolvedUid = about.Meta.Uid,
            Type = type,
            Reason = reason,
            Message = message,
            Component = component,
            First = now,
            Last = now,
        });
        _order.Enqueue(key);
        while (_order.Count > Limit)
        {
            cluster.Events.Remove(_order.Dequeue());
        }
    }
}
