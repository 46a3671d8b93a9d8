using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Api;

/// <summary>The namespace lifecycle's admission: nothing is created in a namespace that is missing or terminating.</summary>
internal static class Namespaces
{
    internal static void MustAccept(ClusterState cluster, IObjectTable table, ObjectMeta meta)
    {
        if (!table.Namespaced)
        {
            return;
        }

        var found = cluster.Namespaces[new ObjectKey("", meta.Namespace)] ?? throw StatusException.NotFound("namespaces", meta.Namespace);
        if (found.Meta.DeletionTimestamp is not null)
        {
            var why = $"namespace {meta.Namespace} is being terminated";
            throw StatusException.Forbidden(table.Resource, meta.Name, $"unable to create new content in namespace {meta.Namespace} because it is being terminated",
                new StatusCause("NamespaceTerminating", why, "metadata.namespace"));
        }
    }
}
