using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Hosting.Documents;

namespace Fleet.Hosting.Tests.Documents;

/// <summary>Reads YAML through reader and validation, as apply does.</summary>
internal static class Reading
{
    public const string Cluster = """
        apiVersion: fleet/v1
        kind: Cluster
        metadata: {name: prod}
        spec: {account: "123456789012", region: eu-west-1}

        """;

    /// <summary>A valid pool of eight lines; more lines can follow under <c>spec.rotation</c>.</summary>
    public const string Pool = """
        apiVersion: fleet/v1
        kind: NodePool
        metadata: {name: workers}
        spec:
          cluster: prod
          groups: [workers-a]
          rotation:
            maxSurge: 2

        """;

    public static readonly ClusterSpec StoredProd = new() { Name = "prod", Account = "123456789012", Region = "eu-west-1", Join = new() { Endpoint = "api.prod.example:6443", Parameter = "/fleet/clusters/prod/join" } };

    public static Declarations Yaml(string text, IReadOnlyList<ClusterSpec>? clusters = null, IReadOnlyList<NodePoolSpec>? pools = null)
    {
        var read = YamlDocuments.Read(text, "f.yaml");
        read.Errors.ShouldBeEmpty();
        return InventoryReader.Read(read.Documents, new() { Clusters = clusters ?? [StoredProd], Pools = pools ?? [] });
    }

    public static Declarations Several(params (string Source, string Text)[] files) =>
        InventoryReader.Read([.. files.SelectMany(file => DocumentText.Read(file.Text, file.Source).Documents)], new());

    public static IEnumerable<string> Errors(string text) => Yaml(text).Errors.Select(error => error.ToString());

    public static string Found(DocumentNode node, params string[] path) =>
        path.Aggregate(node, (at, name) => ((DocumentMap)at)[name]!).Position is var position ? $"{position.Line}:{position.Column}" : "";
}
