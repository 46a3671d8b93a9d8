using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Cloud;

public sealed partial class CloudApi
{
    /// <summary>Makes a template with version 1.</summary>
    public LaunchTemplate CreateLaunchTemplate(string name, JsonObject data, string? description = null, string? clientToken = null, IReadOnlyDictionary<string, string>? tags = null) =>
        WriteEc2(nameof(CreateLaunchTemplate), name, null, () =>
        {
            var arguments = $"create {name} {description} {data.ToJsonString()}";
            if (Repeated(clientToken, arguments) is { } done)
            {
                return Cloud.Templates[done.TemplateId];
            }

            if (FindTemplate(null, name) is not null)
            {
                throw new CallRefusedException(BadRequest, "InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use.");
            }

            var template = new LaunchTemplate
            {
                Id = $"lt-0{(ulong)world.Chance.For($"template/{name}").NextInt64():x16}",
                Name = name,
                Created = world.Now,
                CreatedBy = Arn,
                Tags = (tags ?? ImmutableSortedDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal),
            };
            Add(template, data, description, clientToken, arguments);
            return Cloud.Templates[template.Id];
        });

    /// <summary>
    /// Adds a numbered version. With a source version every member that is not given is copied as a whole, except the snapshots in its block device mappings, which are dropped.
    /// The same token gives the same version.
    /// </summary>
    public LaunchTemplateVersion CreateLaunchTemplateVersion(string? id, string? name, JsonObject data, string? sourceVersion = null, string? description = null, string? clientToken = null) =>
        WriteEc2(nameof(CreateLaunchTemplateVersion), id ?? name ?? "", $"source={sourceVersion} image={data["ImageId"]}", () =>
        {
            var template = TemplateOf(id, name);
            var arguments = $"version {template.Id} {sourceVersion} {description} {data.ToJsonString()}";
            if (Repeated(clientToken, arguments) is { } done)
            {
                return Cloud.Templates[done.TemplateId].Versions[done.Version];
            }

            var merged = sourceVersion is null ? [] : WithoutSnapshots(VersionOf(template, sourceVersion).Data);
            foreach (var (member, value) in data)
            {
                merged[member] = value?.DeepClone();
            }

            if (merged.Count == 0)
            {
                throw new CallRefusedException(BadRequest, "MissingParameter", "The request must contain the parameter LaunchTemplateData");
            }

            return Add(template, merged, description, clientToken, arguments);
        });

    /// <summary>Sets what <c>$Default</c> means.</summary>
    public LaunchTemplate ModifyLaunchTemplate(string? id, string? name, string defaultVersion) => WriteEc2(nameof(ModifyLaunchTemplate), id ?? name ?? "", $"default={defaultVersion}", () =>
    {
        var template = TemplateOf(id, name);
        var modified = template with { Default = VersionOf(template, defaultVersion).Number };
        Cloud.Put(modified);
        TouchUsersOf(template.Id);
        return modified;
    });

    /// <summary>Deletes versions; the default one is refused. Answers each version with null when it was deleted, else with the code of the refusal.</summary>
    public IReadOnlyList<(string Version, string? Error)> DeleteLaunchTemplateVersions(string? id, string? name, IReadOnlyList<string> versions) =>
        WriteEc2(nameof(DeleteLaunchTemplateVersions), id ?? name ?? "", string.Join(',', versions), () =>
        {
            var template = TemplateOf(id, name);
            var answers = new List<(string, string?)>();
            foreach (var version in versions)
            {
                var number = template.Resolve(version);
                var error = number is null ? "launchTemplateVersionDoesNotExist" : number == template.Default ? "unexpectedError" : null;
                template = error is null ? template with { Versions = template.Versions.Remove(number!.Value) } : template;
                answers.Add((version, error));
            }

            Cloud.Put(template);
            return answers;
        });

    /// <summary>Templates by id or name, or all: 200 a page.</summary>
    public Page<LaunchTemplate> DescribeLaunchTemplates(IReadOnlyList<string>? ids = null, IReadOnlyList<string>? names = null, string? nextToken = null, int maxResults = 200) =>
        Read(nameof(DescribeLaunchTemplates), Subject([.. ids ?? [], .. names ?? []]), () =>
        {
            var asked = (ids ?? []).Select(id => TemplateOf(id, null)).Concat((names ?? []).Select(name => TemplateOf(null, name))).ToList();
            return PageOf(asked.Count > 0 ? asked : Cloud.Templates.Values, template => template.Id, nextToken, maxResults, BadToken);
        });

    /// <summary>Versions of a template, newest first; all when none is named. An alias (<c>resolve:ssm:</c>) is shown as it was written unless it is to be resolved.</summary>
    public Page<LaunchTemplateVersion> DescribeLaunchTemplateVersions(string? id, string? name, IReadOnlyList<string>? versions = null, bool resolveAlias = false, string? nextToken = null, int maxResults = 200) =>
        Read(nameof(DescribeLaunchTemplateVersions), id ?? name ?? "", () =>
        {
            var template = TemplateOf(id, name);
            var found = versions is { Count: > 0 } ? versions.Select(version => VersionOf(template, version)).Distinct() : template.Versions.Values;
            return PageOf(found.Select(version => resolveAlias ? Resolved(version) : version), version => $"{long.MaxValue - version.Number:d19}", nextToken, maxResults, BadToken);
        }, string.Join(',', versions ?? []));

    private static JsonObject WithoutSnapshots(JsonObject data)
    {
        var copy = data.DeepClone().AsObject();
        foreach (var device in copy["BlockDeviceMappings"] as JsonArray ?? [])
        {
            (device?["Ebs"] as JsonObject)?.Remove("SnapshotId");
        }

        return copy;
    }

    private string Arn => $"arn:aws:iam::{Cloud.Account}:user/{caller}";

    private LaunchTemplate? FindTemplate(string? id, string? name) =>
        id is not null ? Cloud.Templates.GetValueOrDefault(id) : Cloud.Templates.Values.FirstOrDefault(template => template.Name == name);

    private LaunchTemplate TemplateOf(string? id, string? name) => FindTemplate(id, name) ?? throw (id is not null
        ? new CallRefusedException(BadRequest, "InvalidLaunchTemplateId.NotFound", $"The specified launch template, with template ID {id}, does not exist.")
        : new CallRefusedException(BadRequest, "InvalidLaunchTemplateName.NotFoundException", $"The specified launch template, with template name {name}, does not exist."));

    private static LaunchTemplateVersion VersionOf(LaunchTemplate template, string version) => template.Resolve(version) is { } number
        ? template.Versions[number]
        : throw new CallRefusedException(BadRequest, "InvalidLaunchTemplateId.VersionNotFound", $"Could not find launch template version {version} for launch template {template.Id}.");

    private LaunchTemplateVersion Resolved(LaunchTemplateVersion version)
    {
        var data = version.Data.DeepClone().AsObject();
        if (version.ImageId is { } image)
        {
            data["ImageId"] = LaunchSource.ResolveImage(image, Cloud);
        }

        return version with { Data = data };
    }

    private (string TemplateId, long Version)? Repeated(string? token, string arguments)
    {
        if (token is null || !Cloud.TemplateTokens.TryGetValue(token, out var known))
        {
            return null;
        }

        return known.Arguments == arguments
            ? (known.TemplateId, known.Version)
            : throw new CallRefusedException(BadRequest, "IdempotentParameterMismatch", "The client token was used before with other parameters.");
    }

    private LaunchTemplateVersion Add(LaunchTemplate template, JsonObject data, string? description, string? token, string arguments)
    {
        var version = new LaunchTemplateVersion { Number = template.Next, Data = data.DeepClone().AsObject(), Description = description, Created = world.Now, CreatedBy = Arn };
        Cloud.Put(template with { Next = template.Next + 1, Versions = template.Versions.Add(version.Number, version) });
        TouchUsersOf(template.Id);
        if (token is not null)
        {
            Cloud.TemplateTokens[token] = (arguments, template.Id, version.Number);
        }

        return version;
    }

    private void TouchUsersOf(string templateId)
    {
        foreach (var group in Cloud.Groups.Values.Where(group => group.TemplateId == templateId))
        {
            Cloud.Engine.Touch(group.Name);
        }
    }
}
