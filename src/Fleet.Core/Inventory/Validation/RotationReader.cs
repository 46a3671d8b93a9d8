using System.Collections.Immutable;

namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads <c>spec.rotation</c> of a NodePool; what is absent takes the default of <see cref="RotationPolicy"/>.</summary>
internal static class RotationReader
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, DrainTimeoutAction> TimeoutActions = new()
    {
        ["stop"] = DrainTimeoutAction.Stop,
        ["quarantine"] = DrainTimeoutAction.Quarantine,
    };

    private static readonly Dictionary<string, DrainClass> Classes = new()
    {
        ["normal"] = DrainClass.Normal,
        ["last"] = DrainClass.Last,
        ["waitForCompletion"] = DrainClass.WaitForCompletion,
    };

    /// <summary>The policy; all defaults where the map is absent.</summary>
    public static RotationPolicy Read(FieldReader? rotation)
    {
        var defaults = new RotationPolicy();
        if (rotation is null)
        {
            return defaults;
        }

        var policy = new RotationPolicy
        {
            MaxSurge = rotation.CountOrPercent("maxSurge") ?? defaults.MaxSurge,
            MaxUnavailable = rotation.CountOrPercent("maxUnavailable") ?? defaults.MaxUnavailable,
            MinReady = rotation.Number("minReadySeconds", 0, 3600) is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.MinReady,
            JoinTimeout = rotation.Duration("joinTimeout", Second) ?? defaults.JoinTimeout,
            AdmitTimeout = rotation.Duration("admitTimeout", Second) ?? defaults.AdmitTimeout,
            DrainTimeout = rotation.Duration("drainTimeout", Second) ?? defaults.DrainTimeout,
            OnDrainTimeout = TimeoutAction(rotation) ?? defaults.OnDrainTimeout,
            SettleTimeout = rotation.Duration("settleTimeout", Second) ?? defaults.SettleTimeout,
            LoadBalancerWait = rotation.Duration("loadBalancerWait", TimeSpan.Zero) ?? defaults.LoadBalancerWait,
            NoProgressTimeout = rotation.Duration("noProgressTimeout", Second) ?? defaults.NoProgressTimeout,
            TotalTimeout = rotation.Duration("totalTimeout", Second) ?? defaults.TotalTimeout,
            DeleteEmptyDirData = rotation.Flag("deleteEmptyDirData") ?? defaults.DeleteEmptyDirData,
            Checkpoints = Checkpoints(rotation),
            DrainRules = [.. rotation.Maps("drainRules").Select(DrainRule)],
            StartupTaints = rotation.Texts("startupTaints", Formats.LabelKey),
        };

        if (policy.MaxSurge.Value == 0 && policy.MaxUnavailable.Value == 0)
        {
            var field = rotation.Find("maxSurge") is null ? "maxUnavailable" : "maxSurge";
            rotation.Fail(
                field, "conflict", "0", "one of maxSurge and maxUnavailable above 0", $"{rotation.Path("maxSurge")} and maxUnavailable are both 0: no node could ever be exchanged; set one above 0");
        }

        rotation.Close();
        return policy;
    }

    private static DrainTimeoutAction? TimeoutAction(FieldReader rotation)
    {
        if (rotation.Find("onDrainTimeout") is Documents.DocumentScalar { Text: "force" })
        {
            rotation.Fail(
                "onDrainTimeout",
                "invalid-value",
                "force",
                "stop or quarantine",
                $"{rotation.Path("onDrainTimeout")} is 'force', which is given to one run with an expiry and never declared; allowed: stop or quarantine");
            return null;
        }

        return rotation.Choice("onDrainTimeout", TimeoutActions);
    }

    private static ImmutableArray<Checkpoint> Checkpoints(FieldReader rotation)
    {
        var checkpoints = ImmutableArray.CreateBuilder<Checkpoint>();
        foreach (var item in rotation.Maps("checkpoints"))
        {
            var percent = item.Number("atPercent", 1, 99, required: true);
            item.Find("soak", required: true, Durations.Allowed);
            var soak = item.Duration("soak", Second);
            if (percent is { } at && checkpoints.Count > 0 && at <= checkpoints[^1].AtPercent)
            {
                item.Fail(
                    "atPercent", "invalid-value", $"{at}", $"more than {checkpoints[^1].AtPercent}", $"{item.Path("atPercent")} is {at}, not above the checkpoint before it at {checkpoints[^1].AtPercent}");
            }

            item.Close();
            if (percent is { } value)
            {
                checkpoints.Add(new Checkpoint(value, soak ?? Second));
            }
        }

        return checkpoints.ToImmutable();
    }

    private static DrainRule DrainRule(FieldReader item)
    {
        var rule = new DrainRule
        {
            Class = item.Choice("class", Classes, required: true) ?? DrainClass.Normal,
            Namespace = item.Text("namespace", Formats.Name),
            MatchLabels = item.Labels("matchLabels", required: true),
        };
        if (item.Find("matchLabels") is Documents.DocumentMap { Entries.Length: 0 } && rule.Namespace is null)
        {
            item.Fail("matchLabels", "invalid-value", "{}", "at least one label, or a namespace", $"{item.Path("matchLabels")} is empty and the rule has no namespace: it would take every pod");
        }

        item.Close();
        return rule;
    }
}
