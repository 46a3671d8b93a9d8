using Fleet.Core.Inventory.Documents;

namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads one document: the envelope that all kinds share, then the kind's spec.</summary>
internal static class DocumentReader
{
    private const string ApiVersion = "fleet/v1";

    private static readonly Format Version = new(new($@"\A{ApiVersion}\z"), ApiVersion);

    private static readonly Dictionary<string, ResourceKind> Kinds = new() { ["Cluster"] = ResourceKind.Cluster, ["NodePool"] = ResourceKind.NodePool, ["Schedule"] = ResourceKind.Schedule, ["Recipe"] = ResourceKind.Recipe };

    /// <summary>The resource; null where the document is too wrong to be one.</summary>
    public static DeclaredResource? Read(DocumentNode document, ICollection<InputError> errors)
    {
        if (document is not DocumentMap map)
        {
            errors.Add(InputError.At(document.Position, "invalid-value", "", null, "a map with apiVersion, kind, metadata and spec", $"the document is {document.Shape}; allowed: a map with apiVersion, kind, metadata and spec"));
            return null;
        }

        var envelope = new FieldReader(map, "", errors);
        envelope.Text("apiVersion", Version, required: true);
        var kind = envelope.Choice("kind", Kinds, required: true);
        var metadata = envelope.Map("metadata", required: true);
        var name = metadata?.Text("name", Formats.Name, required: true) ?? "";
        var labels = metadata?.Labels("labels") ?? new Dictionary<string, string>();
        metadata?.Close();
        var spec = envelope.Map("spec", required: true);

        // What Fleet observed comes back with `get -o yaml`; put again, it is not the user's to set and is passed over, as kubectl does.
        envelope.Find("status");
        envelope.Close();
        if (kind is null || metadata is null || spec is null)
        {
            return null;
        }

        var json = Json(map);
        var resource = new DeclaredResource(metadata, spec);
        return kind switch
        {
            ResourceKind.Cluster => resource with { Cluster = ClusterReader.Read(name, spec) with { Labels = labels, Document = json } },
            ResourceKind.NodePool => resource with { Pool = NodePoolReader.Read(name, spec) with { Labels = labels, Document = json } },
            ResourceKind.Recipe => resource with { Recipe = RecipeReader.Read(name, metadata, spec) with { Labels = labels, Document = json } },
            _ => resource with { Schedule = ScheduleReader.Read(name, spec) with { Labels = labels, Document = json } },
        };
    }

    private static string Json(DocumentMap map) =>
        DocumentJson.Write(map with { Entries = [.. map.Entries.Where(entry => entry.Name != "status")] });
}
