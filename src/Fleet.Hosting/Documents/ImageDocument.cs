using System.Text.Json.Nodes;
using Fleet.Core.Images;
using static Fleet.Hosting.Documents.EffectiveDocument;

namespace Fleet.Hosting.Documents;

/// <summary>Fleet's record of an image's version as JSON.</summary>
public static class ImageDocument
{
    /// <summary>The document of a record.</summary>
    public static JsonObject Of(ImageRecord image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new JsonObject
        {
            ["recipe"] = image.Recipe,
            ["version"] = image.Version,
            ["state"] = Camel(image.State),
            ["name"] = image.Name,
            ["source"] = image.Source,
            ["account"] = image.Account,
            ["kubernetesVersion"] = image.KubernetesVersion,
            ["architecture"] = image.Architecture,
            ["base"] = image.BaseImage,
            ["parent"] = image.Parent?.Key,
            ["run"] = image.Run,
            ["created"] = RunDocument.Instant(image.Created),
            ["changed"] = RunDocument.Instant(image.Changed),
            ["promoted"] = image.Promoted is { } promoted ? RunDocument.Instant(promoted) : null,
            ["copies"] = new JsonArray([.. image.Copies.Select(copy => new JsonObject { ["region"] = copy.Region, ["imageId"] = copy.ImageId, ["snapshots"] = Texts(copy.Snapshots) })]),
            ["sharedWith"] = Texts(image.SharedWith),
        };
    }
}
