using System.Text.Json.Nodes;
using Fleet.Core.Inventory;

namespace Fleet.Hosting.Documents;

/// <summary>The document of a spec with every default written out: what Fleet goes by.</summary>
public static class EffectiveDocument
{
    /// <summary>The document of a cluster.</summary>
    public static JsonObject Of(ClusterSpec cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var spec = new JsonObject { ["account"] = cluster.Account, ["region"] = cluster.Region };
        Add(spec, "roleArn", cluster.RoleArn);
        Add(spec, "externalId", cluster.ExternalId);
        Add(spec, "kubeconfig", cluster.Kubeconfig);
        Add(spec, "context", cluster.Context);
        if (cluster.Join is { } join)
        {
            var keeping = new JsonObject { ["endpoint"] = join.Endpoint, ["parameter"] = join.Parameter, ["tokenLife"] = Durations.Format(join.TokenLife) };
            Add(keeping, "kmsKey", join.KmsKey);
            spec["join"] = keeping;
        }

        if (cluster.TwoPeople)
        {
            spec["approvals"] = new JsonObject { ["twoPeople"] = true };
        }

        return Envelope("Cluster", cluster.Name, cluster.Labels, spec);
    }

    /// <summary>The document of a node pool.</summary>
    public static JsonObject Of(NodePoolSpec pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        var spec = new JsonObject { ["cluster"] = pool.Cluster, ["groups"] = Texts(pool.Groups) };
        if (pool.Image is { } source)
        {
            var image = new JsonObject();
            Add(image, "id", source.Id);
            Add(image, "owner", source.Owner);
            Add(image, "name", source.Name);
            Add(image, "parameter", source.Parameter);
            Add(image, "recipe", source.Recipe);
            Add(image, "channel", source.Recipe is null ? null : Camel(source.Channel));
            spec["image"] = image;
        }

        if (pool.Approval != ApprovalGate.None)
        {
            spec["approval"] = Camel(pool.Approval);
        }

        spec["rotation"] = Rotation(pool.Rotation);
        if (pool.Template is { } template)
        {
            spec["template"] = EffectiveMachine.Of(template);
        }

        if (pool.Node is { } node)
        {
            spec["node"] = EffectiveMachine.Of(node);
        }

        if (!pool.Hooks.IsEmpty)
        {
            spec["hooks"] = Texts(pool.Hooks);
        }

        return Envelope("NodePool", pool.Name, pool.Labels, spec);
    }

    /// <summary>The document of a schedule.</summary>
    public static JsonObject Of(ScheduleSpec schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var spec = new JsonObject { ["cluster"] = schedule.Cluster };
        if (!schedule.Pools.IsEmpty)
        {
            spec["pools"] = Texts(schedule.Pools);
        }

        Add(spec, "recipe", schedule.Recipe);
        spec["cron"] = schedule.Cron;
        spec["timeZone"] = schedule.TimeZone;
        spec["action"] = "rotate";
        Add(spec, "olderThan", schedule.OlderThan is { } age ? Durations.FormatAge(age) : null);
        spec["newImage"] = schedule.NewImage;
        spec["misfire"] = Camel(schedule.Misfire);
        spec["startingDeadline"] = Durations.Format(schedule.StartingDeadline);
        spec["suspend"] = schedule.Suspend;
        return Envelope("Schedule", schedule.Name, schedule.Labels, spec);
    }

    private static JsonObject Rotation(RotationPolicy policy) => new()
    {
        ["maxSurge"] = Width(policy.MaxSurge),
        ["maxUnavailable"] = Width(policy.MaxUnavailable),
        ["minReadySeconds"] = (int)policy.MinReady.TotalSeconds,
        ["joinTimeout"] = Durations.Format(policy.JoinTimeout),
        ["admitTimeout"] = Durations.Format(policy.AdmitTimeout),
        ["drainTimeout"] = Durations.Format(policy.DrainTimeout),
        ["onDrainTimeout"] = Camel(policy.OnDrainTimeout),
        ["settleTimeout"] = Durations.Format(policy.SettleTimeout),
        ["loadBalancerWait"] = Durations.Format(policy.LoadBalancerWait),
        ["noProgressTimeout"] = Durations.Format(policy.NoProgressTimeout),
        ["totalTimeout"] = Durations.Format(policy.TotalTimeout),
        ["deleteEmptyDirData"] = policy.DeleteEmptyDirData,
        ["checkpoints"] = new JsonArray([.. policy.Checkpoints.Select(checkpoint => new JsonObject { ["atPercent"] = checkpoint.AtPercent, ["soak"] = Durations.Format(checkpoint.Soak) })]),
        ["drainRules"] = new JsonArray([.. policy.DrainRules.Select(Rule)]),
        ["startupTaints"] = Texts(policy.StartupTaints),
    };

    private static JsonObject Rule(DrainRule rule)
    {
        var json = new JsonObject { ["class"] = Camel(rule.Class) };
        Add(json, "namespace", rule.Namespace);
        json["matchLabels"] = Labels(rule.MatchLabels);
        return json;
    }

    internal static JsonObject Envelope(string kind, string name, IReadOnlyDictionary<string, string> labels, JsonObject spec)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (labels.Count > 0)
        {
            metadata["labels"] = Labels(labels);
        }

        return new() { ["apiVersion"] = "fleet/v1", ["kind"] = kind, ["metadata"] = metadata, ["spec"] = spec };
    }

    internal static void Add(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static JsonNode Width(CountOrPercent width) => width.IsPercent ? width.ToString() : width.Value;

    internal static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    internal static JsonObject Labels(IReadOnlyDictionary<string, string> labels) =>
        new(labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));

    internal static string Camel<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
