using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Mapping;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation.Cluster.Api;

namespace Fleet.Sandbox.Kubernetes.Writing;

/// <summary>DeleteOptions, from the body or the query.</summary>
internal static class DeletionText
{
    public static DeleteOptions Read(ApiRequest request, JsonObject? body)
    {
        var preconditions = body.Object("preconditions");
        var policy = body.Text("propagationPolicy") ?? request.Query("propagationPolicy");
        return new DeleteOptions
        {
            GraceSeconds = (int?)(body.Number("gracePeriodSeconds") ?? request.Number("gracePeriodSeconds")),
            Uid = preconditions.Text("uid"),
            ResourceVersion = long.TryParse(preconditions.Text("resourceVersion"), out var version) ? version : null,
            DryRun = request.DryRun || body.Texts("dryRun").Contains("All"),
            Propagation = policy switch
            {
                "Foreground" => Propagation.Foreground,
                "Orphan" => Propagation.Orphan,
                // A Job deleted without a policy leaves its pods behind: the one kind whose default is to orphan.
                null or "" => request.Kind.Resource == "jobs.batch" || body.Flag("orphanDependents") == true ? Propagation.Orphan : Propagation.Background,
                "Background" => Propagation.Background,
                _ => throw Refusals.Invalid("DeleteOptions", "", "propagationPolicy", $"Unsupported value: \"{policy}\": supported values: \"Background\", \"Foreground\", \"Orphan\""),
            },
        };
    }
}
