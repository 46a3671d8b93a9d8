using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Service.SignIn;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Resources;

/// <summary>Whereto a cluster's document may lead when it comes by the API: through a kubeconfig that an admin put on the server under a name, never to a path or with credentials of its own.</summary>
internal static class ClusterLeads
{
    /// <summary>What is wrong with the kubeconfig of a document; nothing where it is absent, known by its name, or a path as it is stored: who can write into the store sits at the server itself.</summary>
    public static IEnumerable<InputError> Check(DocumentNode body, ClusterSpec? declared, IReadOnlyList<ClusterSpec> stored, IReadOnlyDictionary<string, string> known)
    {
        if (declared?.Kubeconfig is not { } given || known.ContainsKey(given) || (!Formats.Name.Accepts(given) && stored.Any(cluster => cluster.Name == declared.Name && cluster.Kubeconfig == given)))
        {
            yield break;
        }

        var allowed = known.Count == 0 ? "none; the server's settings name no kubeconfig" : string.Join(", ", known.Keys.Order(StringComparer.Ordinal));
        var why = Formats.Name.Accepts(given) ? $"is no name that the server's settings know{NearestNames.Hint(given, known.Keys)}" : "is no name: by the API a cluster names a kubeconfig that an admin put under 'kubeconfigs' in the server's settings, and no path";
        var position = ((body as DocumentMap)?["spec"] as DocumentMap)?["kubeconfig"]?.Position ?? body.Position;
        yield return InputError.At(position, "unknown-kubeconfig", "spec.kubeconfig", given, allowed, $"spec.kubeconfig '{given}' {why}; allowed: {allowed}");
    }

    /// <summary>Refuses who may act in this cluster alone and would have its name lead somewhere else: it could be to another's cluster.</summary>
    public static void Require(HttpContext http, ClusterSpec cluster, ClusterSpec? before)
    {
        if (before is null || Lead(before) != Lead(cluster))
        {
            Rights.RequireEverywhere(http, $"where cluster {cluster.Name} leads (account, region, roleArn, externalId, kubeconfig, context, join)");
        }
    }

    private static (string, string, string?, string?, string?, string?, ClusterJoin?) Lead(ClusterSpec cluster) => (cluster.Account, cluster.Region, cluster.RoleArn, cluster.ExternalId, cluster.Kubeconfig, cluster.Context, cluster.Join);
}
