using System.Text.Json.Nodes;
using Fleet.Simulation;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using static Fleet.Sandbox.Aws.AwsDocument;

namespace Fleet.Sandbox.Aws;

/// <summary>The KMS operations that are served: a key, its grants and its policy are read.</summary>
internal static class KmsActions
{
    public static IReadOnlyDictionary<string, Func<CloudApi, World, JsonObject, JsonObject>> All { get; } = new Dictionary<string, Func<CloudApi, World, JsonObject, JsonObject>>
    {
        ["DescribeKey"] = (api, _, request) => Of(("KeyMetadata", View(api, api.DescribeKey(request.Need("KeyId"))))),
        ["ListGrants"] = (api, _, request) =>
        {
            var key = request.Need("KeyId");
            var page = api.ListGrants(key, request.Text("Marker"), request.Number("Limit") ?? 50);
            var arn = api.Cloud.FindKey(key) is { } found ? api.Cloud.ArnOf(found) : key;
            return Of(("Grants", List(page.Items, grant => View(grant, arn))), ("NextMarker", page.NextToken), ("Truncated", page.NextToken is not null));
        },
        ["GetKeyPolicy"] = (api, _, request) => request.Text("PolicyName") is null or "default"
            ? Of(("Policy", api.GetKeyPolicy(request.Need("KeyId"))), ("PolicyName", "default"))
            : throw new CallRefusedException(400, "NotFoundException", "No such policy exists"),
    };

    private static JsonObject View(CloudApi api, EncryptionKey key) => Of(
        ("AWSAccountId", key.Account ?? api.Cloud.Account),
        ("KeyId", key.Id),
        ("Arn", api.Cloud.ArnOf(key)),
        ("Enabled", key.State == "Enabled"),
        ("Description", ""),
        ("KeyUsage", key.Usage),
        ("KeyState", key.State),
        ("Origin", "AWS_KMS"),
        ("KeyManager", key.Manager),
        ("CustomerMasterKeySpec", key.Spec),
        ("KeySpec", key.Spec),
        ("MultiRegion", false));

    private static JsonObject View(EncryptionGrant grant, string arn) => Of(
        ("KeyId", arn),
        ("GrantId", grant.Id),
        ("GranteePrincipal", grant.Grantee),
        ("IssuingAccount", $"arn:aws:iam::{arn.Split(':')[4]}:root"),
        ("Operations", List(grant.Operations, operation => operation)),
        ("Constraints", grant.Context.IsEmpty ? null : Of(("EncryptionContextSubset", Of([.. grant.Context.Select(pair => (pair.Key, (JsonNode?)pair.Value))])))));
}
