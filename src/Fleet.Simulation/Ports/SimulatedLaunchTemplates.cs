using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Core.Rotations;
using Fleet.Core.Templates;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Ports;

/// <summary>The launch templates of a simulated account, without a wire and without retries. Every port call makes as many calls on the world as the adapter over the wire would.</summary>
/// <param name="world">The world.</param>
/// <param name="caller">Access key id, for the log and for fault rules.</param>
public sealed class SimulatedLaunchTemplates(World world, string caller = "fleet") : ILaunchTemplates
{
    private readonly CloudApi _api = new(world, caller);

    /// <inheritdoc/>
    public Task<TemplateVersion?> VersionAsync(string templateId, string version, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(Find(templateId, version) is { } found ? Translated(templateId, found) : null);
        }
        catch (CloudRefusedException refused)
        {
            return Task.FromException<TemplateVersion?>(refused);
        }
    }

    /// <inheritdoc/>
    public Task<TemplateVersion> CreateVersionAsync(string templateId, long sourceVersion, TemplateChanges changes, string description, string clientToken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var source = Find(templateId, sourceVersion.ToString())
                ?? throw new CloudRefusedException("not-found", "ec2:DescribeLaunchTemplateVersions", $"launch template {templateId} has no version {sourceVersion}");
            var data = TemplateMerge.Named(source.Data.ToJsonString(), changes);
            if ((data["BlockDeviceMappings"] ?? source.Data["BlockDeviceMappings"]) is JsonArray devices && devices.Any(device => device?["Ebs"]?["SnapshotId"] is not null))
            {
                // The images' own devices are asked for, as over the wire; images of the world have no snapshots, so that all are the template's own.
                Call("DescribeImages", () => _api.DescribeImages(filters: [new AwsFilter("image-id", [changes.ImageId, .. source.ImageId is { } old ? [old] : Array.Empty<string>()])]));
                data["BlockDeviceMappings"] = devices.DeepClone();
            }

            var made = Call("CreateLaunchTemplateVersion", () => _api.CreateLaunchTemplateVersion(templateId, null, data, sourceVersion.ToString(), description, clientToken));
            return Task.FromResult(Translated(templateId, Find(templateId, made.Number.ToString())!));
        }
        catch (CloudRefusedException refused)
        {
            return Task.FromException<TemplateVersion>(refused);
        }
    }

    /// <inheritdoc/>
    public Task<bool> MayCreateVersionAsync(string templateId, long sourceVersion, string imageId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var judge = new CloudApi(world, caller) { DryRun = true };
            Call("CreateLaunchTemplateVersion", () => judge.CreateLaunchTemplateVersion(templateId, null, new JsonObject { ["ImageId"] = imageId }, sourceVersion.ToString()));
            return Task.FromException<bool>(new CloudRefusedException("invalid", "ec2:CreateLaunchTemplateVersion", "the world made a call that asked for a dry run"));
        }
        catch (CloudRefusedException refused) when (refused.Code == "denied" || CloudFailure.Is(refused, "DryRunOperation"))
        {
            return Task.FromResult(refused.Code != "denied");
        }
        catch (CloudRefusedException refused)
        {
            return Task.FromException<bool>(refused);
        }
    }

    private static T Call<T>(string operation, Func<T> call) => CloudFailure.Make("ec2", operation, call);

    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(member => member.Value is not null and not JsonArray { Count: 0 }).OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Canonical(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Canonical)]),
        _ => node?.DeepClone(),
    };

    private LaunchTemplateVersion? Find(string templateId, string version, bool resolve = false)
    {
        try
        {
            return Call("DescribeLaunchTemplateVersions", () => _api.DescribeLaunchTemplateVersions(templateId, null, [version], resolve)).Items.SingleOrDefault();
        }
        catch (CloudRefusedException missing) when (missing.Code == "not-found" || CloudFailure.Is(missing, "InvalidLaunchTemplateId.VersionNotFound"))
        {
            return null;
        }
    }

    private TemplateVersion Translated(string templateId, LaunchTemplateVersion version)
    {
        var alias = version.ImageId?.StartsWith("resolve:ssm:", StringComparison.Ordinal) == true;
        lock (world.Gate)
        {
            return new TemplateVersion
            {
                TemplateId = templateId,
                TemplateName = world.Cloud.Templates[templateId].Name,
                Number = version.Number,
                ImageId = version.ImageId,
                ResolvedImageId = alias ? Find(templateId, version.Number.ToString(), resolve: true)?.ImageId : version.ImageId,
                InstanceType = version.InstanceType,
                Data = Canonical(version.Data)!.ToJsonString(JsonSerializerOptions.Default),
                Description = version.Description,
            };
        }
    }
}
