using System.Globalization;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Core.Inventory.Validation;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Orders;

/// <summary>Reads <c>{kind, id, cluster, pool, target {image | templateVersion | recipe | lastGood}, parameters, whenUnderWay}</c>, the body of <c>POST /v1/runs</c>.</summary>
public static class RotationOrderReader
{
    /// <summary>What is asked of images is read elsewhere; whoever mistypes a kind is told of all.</summary>
    private static readonly Dictionary<string, bool> Kinds = new() { [RotationSpec.Kind] = true, ["imageBuild"] = false, ["imagePromotion"] = false, ["imageSweep"] = false };

    private static readonly Dictionary<string, DrainTimeoutAction?> Actions = new()
    {
        ["stop"] = DrainTimeoutAction.Stop,
        ["quarantine"] = DrainTimeoutAction.Quarantine,
        ["force"] = null,
    };

    /// <summary>Reads an order.</summary>
    /// <param name="body">The document.</param>
    /// <param name="now">Policy time: permissions end after it.</param>
    /// <param name="errors">Takes everything that is wrong.</param>
    /// <returns>The order; null when anything is wrong.</returns>
    public static RotationOrder? Read(DocumentNode body, DateTimeOffset now, ICollection<InputError> errors)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(errors);
        if (body is not DocumentMap map)
        {
            errors.Add(InputError.At(body.Position, "invalid-value", "", null, "a map", $"the body is {body.Shape}; allowed: a map with kind, cluster, pool, target and parameters"));
            return null;
        }

        var before = errors.Count;
        var fields = new FieldReader(map, "", errors);
        fields.Choice("kind", Kinds, required: true);
        var order = new RotationOrder
        {
            Key = fields.Text("id", Formats.Name),
            Cluster = fields.Text("cluster", Formats.Name, required: true) ?? "",
            Pool = fields.Text("pool", Formats.Name, required: true) ?? "",
            WhenUnderWay = fields.Choice("whenUnderWay", WhenUnderWays.Names) ?? WhenUnderWay.Refuse,
            Wishes = Parameters(fields.Map("parameters"), Target(fields.Map("target")), now),
        };
        fields.Close();
        return errors.Count == before ? order : null;
    }

    private static RotationWishes Target(FieldReader? target)
    {
        if (target is null)
        {
            return new();
        }

        var wishes = new RotationWishes { Image = target.Text("image", Formats.Image), TemplateVersion = target.Number("templateVersion", 1, int.MaxValue), Recipe = target.Text("recipe", Formats.Name), ToLastGood = target.Flag("lastGood") ?? false };
        if (wishes.Targets > 1)
        {
            var given = string.Join(", ", new[] { wishes.Image is null ? "" : "image", wishes.TemplateVersion is null ? "" : "templateVersion", wishes.Recipe is null ? "" : "recipe", wishes.ToLastGood ? "lastGood" : "" }.Where(name => name.Length > 0));
            target.Fail("", "conflict", given, "one of image, templateVersion, recipe and lastGood", $"target has {given}; a run has one target");
        }

        target.Close();
        return wishes;
    }

    private static RotationWishes Parameters(FieldReader? parameters, RotationWishes wishes, DateTimeOffset now)
    {
        if (parameters is null)
        {
            return wishes;
        }

        wishes = wishes with
        {
            MaxSurge = parameters.CountOrPercent("maxSurge"),
            MaxUnavailable = parameters.CountOrPercent("maxUnavailable"),
            DrainTimeout = parameters.Duration("drainTimeout", TimeSpan.FromSeconds(1)),
            OlderThan = parameters.Age("olderThan"),
            Waiver = Waiver(parameters.Map("ignoreWindows"), now),
        };
        var action = (parameters.Find("onDrainTimeout") as DocumentScalar)?.Text;
        if (parameters.Find("onDrainTimeout") is not null && (action is null || !Actions.ContainsKey(action)))
        {
            parameters.Fail("onDrainTimeout", "invalid-value", action, "stop, quarantine or force", $"{parameters.Path("onDrainTimeout")} is '{action}'; allowed: stop, quarantine or force");
        }

        var until = Until(parameters, "forceUntil", now);
        if ((action == "force") != (parameters.Find("forceUntil") is not null))
        {
            parameters.Fail(
                "forceUntil", "conflict", null, "together with onDrainTimeout force", $"{parameters.Path("onDrainTimeout")} force and {parameters.Path("forceUntil")} go together: a permission to pass budgets has an end");
        }

        parameters.Close();
        return wishes with { OnDrainTimeout = action is null ? null : Actions.GetValueOrDefault(action), ForceUntil = until };
    }

    private static WindowWaiver? Waiver(FieldReader? waiver, DateTimeOffset now)
    {
        if (waiver is null)
        {
            return null;
        }

        var reason = waiver.Text("reason", Formats.Line, required: true);
        waiver.Find("until", required: true, "a time, or a duration from now");
        var until = Until(waiver, "until", now);
        waiver.Close();
        return until is { } end && reason is not null ? new WindowWaiver(end, reason) : null;
    }

    private static DateTimeOffset? Until(FieldReader parameters, string name, DateTimeOffset now)
    {
        if (parameters.Find(name) is not { } node)
        {
            return null;
        }

        var text = (node as DocumentScalar)?.Text;
        DateTimeOffset? until = Durations.TryParse(text, out var span) ? now + span
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
        if (until is null || until <= now)
        {
            var allowed = $"a time after {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, or {Durations.Allowed}";
            parameters.Fail(name, "invalid-value", text, allowed, $"{parameters.Path(name)} is '{text}'; allowed: {allowed}");
        }

        return until;
    }
}
