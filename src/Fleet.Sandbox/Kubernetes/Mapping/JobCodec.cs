using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Jobs: parallelism is the world's replicas; selector and labels are the server's, as for every Job without a selector of its own.</summary>
internal sealed class JobCodec : WorkloadCodec<Job>
{
    /// <summary>How long a pod works where the client did not say.</summary>
    private const double UntilDone = 10;

    protected override void Describe(Job value, JsonObject spec, JsonObject status)
    {
        spec["completions"] = value.Completions;
        spec["parallelism"] = value.Replicas;
        spec["backoffLimit"] = 6;
        spec["completionMode"] = "NonIndexed";
        var done = value.Succeeded >= value.Completions;
        status["startTime"] = Json.Time(value.Meta.Created);
        status.With("active", value.Current > 0 ? value.Current : null).With("ready", value.ReadyReplicas).With("succeeded", value.Succeeded > 0 ? value.Succeeded : null);
        if (done)
        {
            status["conditions"] = new JsonArray(new JsonObject { ["type"] = "Complete", ["status"] = "True", ["lastTransitionTime"] = Json.Time(value.Meta.Created), ["lastProbeTime"] = Json.Time(value.Meta.Created) });
        }
    }

    protected override Job Make(ObjectMeta meta, LabelSelector selector, PodTemplate template)
    {
        const string JobName = "batch.kubernetes.io/job-name";
        var labels = template.Labels.SetItem(JobName, meta.Name).SetItem("job-name", meta.Name);
        return new() { Meta = meta, Selector = LabelSelector.Of(JobName, meta.Name), Template = template with { Labels = labels, RunSeconds = template.RunSeconds ?? UntilDone } };
    }

    protected override Job Read(Job value, JsonObject spec) => value with { Completions = (int)(spec.Number("completions") ?? 1), Replicas = (int)(spec.Number("parallelism") ?? 1) };
}
