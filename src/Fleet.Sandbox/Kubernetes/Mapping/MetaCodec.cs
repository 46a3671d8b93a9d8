using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Standard object metadata.</summary>
internal static class MetaCodec
{
    /// <summary>Metadata that the world holds itself or the server sets: never kept from what clients wrote.</summary>
    public static IEnumerable<string> Owned { get; } =
    [
        "apiVersion", "kind", "metadata.name", "metadata.namespace", "metadata.uid", "metadata.resourceVersion", "metadata.generation", "metadata.creationTimestamp",
        "metadata.labels", "metadata.annotations", "metadata.ownerReferences", "metadata.finalizers", "metadata.deletionTimestamp", "metadata.deletionGracePeriodSeconds", "metadata.selfLink",
    ];

    public static JsonObject Render(ObjectMeta meta)
    {
        var json = new JsonObject { ["name"] = meta.Name };
        if (meta.Namespace.Length > 0)
        {
            json["namespace"] = meta.Namespace;
        }

        json["uid"] = meta.Uid;
        json["resourceVersion"] = meta.ResourceVersion.ToString();
        json["generation"] = meta.Generation;
        json["creationTimestamp"] = Json.Time(meta.Created);
        json.With("deletionTimestamp", meta.DeletionTimestamp is { } deletion ? Json.Time(deletion) : null);
        json.With("deletionGracePeriodSeconds", meta.DeletionGraceSeconds);
        json.With("labels", Json.Of(meta.Labels));
        json.With("annotations", Json.Of(meta.Annotations));
        json.With("ownerReferences", Json.Of(meta.Owners.Select(Owner)));
        return json.With("finalizers", Json.Of(meta.Finalizers));
    }

    /// <summary>Reads what a client may set; identity, times and versions stay those of the stored object.</summary>
    public static ObjectMeta Read(JsonObject document, ObjectMeta? before)
    {
        var json = document.Object("metadata");
        var meta = before ?? new ObjectMeta { Name = json.Text("name") ?? "", Namespace = json.Text("namespace") ?? "" };
        return meta with
        {
            Labels = json.Map("labels"),
            Annotations = json.Map("annotations"),
            Finalizers = json.Texts("finalizers"),
            Owners =
            [
                .. json.Objects("ownerReferences").Select(owner => new OwnerReference(
                    owner.Text("apiVersion") ?? "", owner.Text("kind") ?? "", owner.Text("name") ?? "", owner.Text("uid") ?? "", owner.Flag("controller") ?? false, owner.Flag("blockOwnerDeletion") ?? false)),
            ],
        };
    }

    private static JsonObject Owner(OwnerReference owner)
    {
        var json = new JsonObject { ["apiVersion"] = owner.ApiVersion, ["kind"] = owner.Kind, ["name"] = owner.Name, ["uid"] = owner.Uid };
        json.With("controller", owner.Controller ? true : null);
        return json.With("blockOwnerDeletion", owner.BlockOwnerDeletion ? true : null);
    }
}
