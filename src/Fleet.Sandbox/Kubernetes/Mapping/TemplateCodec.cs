using System.Globalization;
using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>
/// Pod templates. What only the world knows of a pod (how long it takes to be ready, to end, to finish its work) is given by clients as annotations of the template:
/// <c>sandbox.fleet/ready-seconds</c>, <c>sandbox.fleet/stop-seconds</c>, <c>sandbox.fleet/run-seconds</c>, <c>sandbox.fleet/never-ready</c>.
/// </summary>
internal static class TemplateCodec
{
    private static readonly HashSet<string> Owned = ["metadata.labels", "metadata.annotations", "metadata.creationTimestamp", "spec.tolerations"];

    public static JsonObject Render(PodTemplate template) => Overlay.Merge(Modelled(template), template.Unmodelled);

    /// <summary>Reads a template; one that says the same as before stays the same object, since pods share it by reference.</summary>
    public static PodTemplate Read(JsonObject json, PodTemplate? before)
    {
        if (before is not null && JsonNode.DeepEquals(json, Render(before)))
        {
            return before;
        }

        var annotations = json.Object("metadata").Map("annotations");
        var spec = json.Object("spec");
        var containers = spec.Objects("containers").ToList();
        var volumes = spec.Objects("volumes").ToList();
        var affinity = spec.Object("affinity");
        var template = new PodTemplate
        {
            Labels = json.Object("metadata").Map("labels"),
            Annotations = annotations,
            Requests = Requests(containers),
            Image = containers.FirstOrDefault().Text("image") ?? "",
            NodeSelector = spec.Map("nodeSelector"),
            NodeAffinity = [.. affinity.Object("nodeAffinity").Object("requiredDuringSchedulingIgnoredDuringExecution").Objects("nodeSelectorTerms")
                .Select(term => term.Objects("matchExpressions").Select(SelectorCodec.ReadRequirement)).Select(terms => System.Collections.Immutable.ImmutableArray.CreateRange(terms))],
            AntiAffinity = [.. affinity.Object("podAntiAffinity").Objects("requiredDuringSchedulingIgnoredDuringExecution")
                .Select(term => new PodAffinityTerm(term.Text("topologyKey") ?? "", SelectorCodec.Read(term.Object("labelSelector")) ?? new LabelSelector()))],
            Tolerations = [.. spec.Objects("tolerations").Select(one => new Toleration(one.Text("key"), one.Text("operator") ?? "Equal", one.Text("value"), one.Text("effect"), one.Number("tolerationSeconds")))],
            Spread = [.. spec.Objects("topologySpreadConstraints").Select(one => new SpreadConstraint(
                (int)(one.Number("maxSkew") ?? 1), one.Text("topologyKey") ?? "", one.Text("whenUnsatisfiable") != "ScheduleAnyway", SelectorCodec.Read(one.Object("labelSelector")) ?? new LabelSelector()))],
            Claims = [.. volumes.Select(volume => volume.Object("persistentVolumeClaim").Text("claimName")).OfType<string>()],
            EmptyDir = volumes.Any(volume => volume.ContainsKey("emptyDir")),
            GraceSeconds = (int)(spec.Number("terminationGracePeriodSeconds") ?? 30),
            Priority = (int)(spec.Number("priority") ?? 0),
            ReadySeconds = Seconds(annotations.GetValueOrDefault("sandbox.fleet/ready-seconds")) ?? before?.ReadySeconds ?? 5,
            StopSeconds = Seconds(annotations.GetValueOrDefault("sandbox.fleet/stop-seconds")) ?? before?.StopSeconds ?? 2,
            RunSeconds = Seconds(annotations.GetValueOrDefault("sandbox.fleet/run-seconds")) ?? before?.RunSeconds,
            NeverReady = annotations.TryGetValue("sandbox.fleet/never-ready", out var never) ? never == "true" : before?.NeverReady ?? false,
        };
        return template with { Unmodelled = Overlay.Rest(json, Modelled(template), Owned) };
    }

    private static double? Seconds(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0 ? seconds : null;

    private static Resources Requests(List<JsonObject> containers) => new(
        containers.Sum(container => Quantity.MilliCores(Requested(container).Text("cpu"))),
        containers.Sum(container => Quantity.Bytes(Requested(container).Text("memory"))),
        1);

    private static JsonObject? Requested(JsonObject container) => container.Object("resources").Object("requests") ?? container.Object("resources").Object("limits");

    private static JsonObject Modelled(PodTemplate template)
    {
        var metadata = new JsonObject();
        metadata.With("labels", Json.Of(template.Labels));
        metadata.With("annotations", Json.Of(template.Annotations));
        var requests = new JsonObject();
        requests.With("cpu", template.Requests.MilliCpu > 0 ? Quantity.Cores(template.Requests.MilliCpu) : null);
        requests.With("memory", template.Requests.MemoryBytes > 0 ? Quantity.Memory(template.Requests.MemoryBytes) : null);
        var container = new JsonObject { ["name"] = "main", ["image"] = template.Image, ["resources"] = new JsonObject().With("requests", requests), ["imagePullPolicy"] = "IfNotPresent" };
        var spec = new JsonObject { ["containers"] = new JsonArray(container) };
        spec.With("volumes", Json.Of(Volumes(template)));
        spec.With("nodeSelector", Json.Of(template.NodeSelector));
        spec.With("affinity", Affinity(template));
        spec.With("tolerations", Json.Of(template.Tolerations.Select(Toleration)));
        spec.With("topologySpreadConstraints", Json.Of(template.Spread.Select(Spread)));
        spec["terminationGracePeriodSeconds"] = template.GraceSeconds;
        spec.With("priority", template.Priority != 0 ? template.Priority : null);
        spec["restartPolicy"] = template.RunSeconds is null ? "Always" : "Never";
        spec["dnsPolicy"] = "ClusterFirst";
        spec["schedulerName"] = "default-scheduler";
        return new JsonObject { ["metadata"] = metadata, ["spec"] = spec };
    }

    private static IEnumerable<JsonObject> Volumes(PodTemplate template)
    {
        foreach (var claim in template.Claims)
        {
            yield return ClaimVolume(claim);
        }

        if (template.EmptyDir)
        {
            yield return new JsonObject { ["name"] = "scratch", ["emptyDir"] = new JsonObject() };
        }
    }

    public static JsonObject ClaimVolume(string claim) => new() { ["name"] = claim, ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = claim } };

    private static JsonObject Affinity(PodTemplate template)
    {
        const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
        var affinity = new JsonObject();
        if (!template.NodeAffinity.IsEmpty)
        {
            var terms = template.NodeAffinity.Select(term => new JsonObject { ["matchExpressions"] = Json.Of(term.Select(SelectorCodec.Render)) });
            affinity["nodeAffinity"] = new JsonObject { [Required] = new JsonObject { ["nodeSelectorTerms"] = Json.Of(terms) } };
        }

        if (!template.AntiAffinity.IsEmpty)
        {
            var terms = template.AntiAffinity.Select(term => new JsonObject { ["labelSelector"] = SelectorCodec.Render(term.Selector), ["topologyKey"] = term.TopologyKey });
            affinity["podAntiAffinity"] = new JsonObject { [Required] = Json.Of(terms) };
        }

        return affinity;
    }

    private static JsonObject Toleration(Toleration toleration) => new JsonObject()
        .With("key", toleration.Key).With("operator", toleration.Operator).With("value", toleration.Value).With("effect", toleration.Effect).With("tolerationSeconds", toleration.Seconds);

    private static JsonObject Spread(SpreadConstraint spread) => new()
    {
        ["maxSkew"] = spread.MaxSkew,
        ["topologyKey"] = spread.TopologyKey,
        ["whenUnsatisfiable"] = spread.Hard ? "DoNotSchedule" : "ScheduleAnyway",
        ["labelSelector"] = SelectorCodec.Render(spread.Selector),
    };
}
