using Fleet.Core.Inventory.Documents;

namespace Fleet.Service.Resources;

/// <summary>One of the documents that are applied together, as it names itself.</summary>
/// <param name="Document">The document.</param>
/// <param name="Kind">Its kind; empty where it says none.</param>
/// <param name="Name"><c>Cluster prod</c>, <c>NodePool prod/workers</c>, <c>Schedule nightly</c> or <c>Recipe worker</c>.</param>
/// <param name="Cluster">The cluster that it is about; null where it says none.</param>
internal sealed record ApplyItem(DocumentNode Document, string Kind, string Name, string? Cluster)
{
    public static ApplyItem Of(DocumentNode document)
    {
        var (kind, name, cluster) = (Text(document, "kind") ?? "", Text(Field(document, "metadata"), "name"), Text(Field(document, "spec"), "cluster"));
        return new(document, kind, kind == "NodePool" ? $"{kind} {cluster}/{name}" : $"{kind} {name}", kind == "Cluster" ? name : cluster);
    }

    private static DocumentNode? Field(DocumentNode? node, string name) => (node as DocumentMap)?[name];

    private static string? Text(DocumentNode? node, string name) => (Field(node, name) as DocumentScalar)?.Text;
}
