using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace Fleet.Aws;

/// <summary>Members of launch template data as canonical JSON has them, in the shape in which they are written; devices apart, see <see cref="DeviceTranslation"/>.</summary>
internal static class TemplateTranslation
{
    public static RequestLaunchTemplateData Of(JsonObject named) => new()
    {
        ImageId = (string?)named["ImageId"],
        UserData = (string?)named["UserData"],
        MetadataOptions = named["MetadataOptions"] is JsonObject options ? Metadata(options) : null,
        IamInstanceProfile = named["IamInstanceProfile"] is JsonObject profile ? new() { Arn = (string?)profile["Arn"], Name = (string?)profile["Name"] } : null,
        TagSpecifications = named["TagSpecifications"] is JsonArray specifications ? [.. specifications.OfType<JsonObject>().Select(Tags)] : null,
    };

    private static LaunchTemplateInstanceMetadataOptionsRequest Metadata(JsonObject options) => new()
    {
        HttpTokens = (string?)options["HttpTokens"] is { } tokens ? LaunchTemplateHttpTokensState.FindValue(tokens) : null,
        HttpPutResponseHopLimit = (int?)options["HttpPutResponseHopLimit"],
        HttpEndpoint = (string?)options["HttpEndpoint"] is { } endpoint ? LaunchTemplateInstanceMetadataEndpointState.FindValue(endpoint) : null,
        HttpProtocolIpv6 = (string?)options["HttpProtocolIpv6"] is { } protocol ? LaunchTemplateInstanceMetadataProtocolIpv6.FindValue(protocol) : null,
        InstanceMetadataTags = (string?)options["InstanceMetadataTags"] is { } tags ? LaunchTemplateInstanceMetadataTagsState.FindValue(tags) : null,
    };

    private static LaunchTemplateTagSpecificationRequest Tags(JsonObject specification) => new()
    {
        ResourceType = (string?)specification["ResourceType"] is { } type ? ResourceType.FindValue(type) : null,
        Tags = [.. (specification["Tags"] as JsonArray ?? []).OfType<JsonObject>().Select(tag => new Tag { Key = (string?)tag["Key"], Value = (string?)tag["Value"] ?? "" })],
    };
}
