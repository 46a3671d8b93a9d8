using System.Collections.Immutable;
using System.Text.Json;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Makes pods, names and template hashes as the workload controllers do.</summary>
internal sealed class PodFactory(ClusterState cluster)
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    private readonly Dictionary<string, long> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OwnerReference> _references = new(StringComparer.Ordinal);

    /// <summary>A name that no pod of the owner has: OWNER- and five letters.</summary>
    internal string NewName(WorldObject owner)
    {
        while (true)
        {
            var count = _made[owner.Meta.Uid] = _made.GetValueOrDefault(owner.Meta.Uid) + 1;
            var name = $"{owner.Meta.Name}-{Letters(cluster.World.Chance.For($"pod/{owner.Meta.Key}/{count}"), 5)}";
            if (cluster.Pods[new ObjectKey(owner.Meta.Namespace, name)] is null)
            {
                return name;
            }
        }
    }

    internal Pod Create(Workload owner, string apiVersion, string name, string? replaces, string? nodeName = null, ImmutableSortedDictionary<string, string>? labels = null, ImmutableArray<string>? claims = null) =>
        cluster.Pods.Put(new Pod
        {
            Meta = new ObjectMeta
            {
                Namespace = owner.Meta.Namespace,
                Name = name,
                Labels = labels ?? owner.Template.Labels,
                Annotations = owner.Template.Annotations,
                Owners = [Reference(owner, apiVersion)],
            },
            Template = owner.Template,
            NodeName = nodeName,
            ReplacesUid = replaces,
            Claims = claims ?? owner.Template.Claims,
        });

    /// <summary>The hash of a template: equal templates have equal hashes.</summary>
    internal static string HashOf(PodTemplate template)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in JsonSerializer.SerializeToUtf8Bytes(template))
        {
            hash = unchecked((hash ^ octet) * 1099511628211UL);
        }

        return string.Create(10, hash, (span, value) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Alphabet[(int)(value % (ulong)Alphabet.Length)];
                value /= (ulong)Alphabet.Length;
            }
        });
    }

    internal OwnerReference Reference(WorldObject owner, string apiVersion)
    {
        if (!_references.TryGetValue(owner.Meta.Uid, out var known))
        {
            known = new OwnerReference(apiVersion, owner.GetType().Name, owner.Meta.Name, owner.Meta.Uid);
            _references.Add(owner.Meta.Uid, known);
        }

        return known;
    }

    private static string Letters(Random random, int count) => string.Create(count, random, (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = Alphabet[source.Next(Alphabet.Length)];
        }
    });
}
