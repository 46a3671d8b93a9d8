using System.Globalization;
using System.Text.Json.Nodes;
using Fleet.Simulation;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using static Fleet.Sandbox.Aws.AwsDocument;

namespace Fleet.Sandbox.Aws;

/// <summary>EC2's operations on images and snapshots, by name: request document in, answer document out.</summary>
internal static class ImageActions
{
    public static IReadOnlyDictionary<string, Func<CloudApi, World, JsonObject, JsonObject>> All { get; } = new Dictionary<string, Func<CloudApi, World, JsonObject, JsonObject>>
    {
        ["DescribeImages"] = (api, _, request) =>
        {
            var page = api.DescribeImagePage(
                request.Texts("ImageIds"), request.Texts("Owners"), request.Filters(), request.Texts("ExecutableUsers"), request.Flag("IncludeDisabled") ?? false, request.Text("NextToken"), request.Number("MaxResults"));
            return Of(("Images", List(page.Items, Image)), ("NextToken", page.NextToken));
        },
        ["CopyImage"] = (api, _, request) => Of(("ImageId", api.CopyImage(
            request.Need("SourceRegion"), request.Need("SourceImageId"), request.Need("Name"), TagsOf(request, "image"), TagsOf(request, "snapshot"), request.Flag("CopyImageTags") ?? false, request.Text("ClientToken")).Id)),
        ["ModifyImageAttribute"] = Do((api, request) =>
        {
            var permissions = request["LaunchPermission"] as JsonObject ?? [];
            var add = request.Text("OperationType") == "add" ? request.Texts("UserIds") : [];
            var remove = request.Text("OperationType") == "remove" ? request.Texts("UserIds") : [];
            api.ModifyImageAttribute(request.Need("ImageId"), [.. add, .. Accounts(permissions["Add"])], [.. remove, .. Accounts(permissions["Remove"])], (request["ImdsSupport"] as JsonObject)?.Text("Value"));
        }),
        ["EnableImageDeprecation"] = Answer((api, request) => api.EnableImageDeprecation(request.Need("ImageId"), Instant(request.Need("DeprecateAt")))),
        ["DisableImageDeprecation"] = Answer((api, request) => api.DisableImageDeprecation(request.Need("ImageId"))),
        ["DisableImage"] = Answer((api, request) => api.DisableImage(request.Need("ImageId"))),
        ["EnableImage"] = Answer((api, request) => api.EnableImage(request.Need("ImageId"))),
        ["DeregisterImage"] = (api, _, request) => Of(
            ("Return", true),
            ("DeleteSnapshotResults", List(api.DeregisterImage(request.Need("ImageId"), request.Flag("DeleteAssociatedSnapshots") ?? false), item => Of(
                ("SnapshotId", item.Snapshot), ("ReturnCode", item.Error switch { null => "success", "InvalidSnapshot.InUse" => "in-use", _ => "missing-permissions" }))))),
        ["DeleteSnapshot"] = Do((api, request) => api.DeleteSnapshot(request.Need("SnapshotId"))),
        ["DescribeSnapshots"] = (api, _, request) =>
        {
            var page = api.DescribeSnapshots(request.Texts("SnapshotIds"), request.Texts("OwnerIds"), request.Filters(), request.Text("NextToken"), request.Number("MaxResults"));
            return Of(("Snapshots", List(page.Items, Snapshot)), ("NextToken", page.NextToken));
        },
    };

    private static JsonObject Image(Image image) => Of(
        ("ImageId", image.Id),
        ("Name", image.Name),
        ("ImageLocation", $"{image.Owner}/{image.Name}"),
        ("State", image.State),
        ("OwnerId", image.Owner),
        ("CreationDate", Time(image.Created)),
        ("DeprecationTime", image.DeprecateAt is { } at ? Time(at) : null),
        ("Public", false),
        ("Architecture", image.Architecture),
        ("ImageType", "machine"),
        ("RootDeviceName", image.RootDevice),
        ("RootDeviceType", "ebs"),
        ("BlockDeviceMappings", List(image.Snapshots.Index(), item => Of(
            ("DeviceName", item.Index == 0 ? image.RootDevice : $"/dev/xvd{(char)('a' + item.Index)}"), ("Ebs", Of(("SnapshotId", item.Item), ("VolumeType", "gp3"), ("Encrypted", true), ("DeleteOnTermination", true)))))),
        ("VirtualizationType", "hvm"),
        ("Hypervisor", "xen"),
        ("EnaSupport", true),
        ("ImdsSupport", image.ImdsSupport),
        ("Tags", Tags(image.Tags)));

    private static JsonObject Snapshot(Snapshot snapshot) => Of(
        ("SnapshotId", snapshot.Id),
        ("OwnerId", snapshot.Owner),
        ("Description", snapshot.Description),
        ("State", "completed"),
        ("Progress", "100%"),
        ("StartTime", Time(snapshot.Started)),
        ("VolumeSize", snapshot.SizeGiB),
        ("Encrypted", true),
        ("KmsKeyId", snapshot.KmsKey),
        ("Tags", Tags(snapshot.Tags)));

    private static Func<CloudApi, World, JsonObject, JsonObject> Do(Action<CloudApi, JsonObject> act) => (api, _, request) =>
    {
        act(api, request);
        return [];
    };

    private static Func<CloudApi, World, JsonObject, JsonObject> Answer(Action<CloudApi, JsonObject> act) => (api, _, request) =>
    {
        act(api, request);
        return Of(("Return", true));
    };

    private static IReadOnlyDictionary<string, string> TagsOf(JsonObject request, string type) =>
        TagMap((request["TagSpecifications"] as JsonArray)?.FirstOrDefault(spec => spec?["ResourceType"]?.GetValue<string>() == type)?["Tags"]);

    private static IEnumerable<string> Accounts(JsonNode? permissions) => (permissions as JsonArray ?? []).OfType<JsonObject>().Select(permission => permission.Need("UserId"));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        ? at
        : throw new CallRefusedException(400, "InvalidParameterValue", $"Value ({text}) for parameter DeprecateAt is invalid.");
}
