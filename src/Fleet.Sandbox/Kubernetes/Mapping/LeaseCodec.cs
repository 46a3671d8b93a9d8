using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Coordination leases; their times are MicroTime, with exactly six fraction digits.</summary>
internal sealed class LeaseCodec() : Codec<Lease>("spec.holderIdentity", "spec.leaseDurationSeconds", "spec.acquireTime", "spec.renewTime", "spec.leaseTransitions")
{
    protected override JsonObject Body(Lease value) => new()
    {
        ["spec"] = new JsonObject()
            .With("holderIdentity", value.Holder)
            .With("leaseDurationSeconds", value.DurationSeconds)
            .With("acquireTime", value.AcquireTime is { } acquired ? Json.MicroTime(acquired) : null)
            .With("renewTime", value.RenewTime is { } renewed ? Json.MicroTime(renewed) : null)
            .With("leaseTransitions", value.Transitions),
    };

    protected override Lease Parse(JsonObject document, ObjectMeta meta, Lease? before)
    {
        var spec = document.Object("spec");
        return (before ?? new Lease { Meta = meta }) with
        {
            Meta = meta,
            Holder = spec.Text("holderIdentity"),
            DurationSeconds = (int?)spec.Number("leaseDurationSeconds"),
            AcquireTime = spec.When("acquireTime"),
            RenewTime = spec.When("renewTime"),
            Transitions = (int?)spec.Number("leaseTransitions"),
        };
    }
}
