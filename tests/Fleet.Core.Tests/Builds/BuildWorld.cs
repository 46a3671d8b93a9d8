using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Builds;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Rotations;

namespace Fleet.Core.Tests.Builds;

/// <summary>An account as far as builds see it: what exists, by name, and what was done that must never be done.</summary>
internal sealed class BuildWorld : IBuildCloud, ITemplateFolders, IPackageRepositories
{
    public const string Account = "123456789012";

    public static readonly FoundImage Base = new("ami-0base", "debian-12-amd64-20260901", "136693071363", "x86_64", "available", [], ["snap-0base"]);

    private readonly Dictionary<string, int> _hidden = [];
    private int _made;

    public Dictionary<string, string> Instances { get; } = [];

    public HashSet<string> KeyPairs { get; } = [];

    public Dictionary<string, string> Groups { get; } = [];

    public Dictionary<string, FoundImage> Images { get; } = new() { [Base.Id] = Base };

    public HashSet<string> WithTokens { get; } = [];

    public List<string> Broken { get; } = [];

    public ImmutableArray<TemplateFile> Files { get; set; } = [new("worker.pkr.hcl", new string('a', 64), Executable: false)];

    /// <summary>What the package repository has; null where it cannot be read.</summary>
    public ILookup<string, string>? Packages { get; set; }

    /// <summary>For how many looks an instance that was just launched is not shown.</summary>
    public int Lag { get; init; }

    public Dictionary<string, (InstanceOrder Order, string Id)> Launched { get; } = [];

    /// <summary>The code with which launches are refused; null while they are not.</summary>
    public string? LaunchRefusal { get; set; }

    public string? Endpoint => null;

    public IEnumerable<FoundImage> Own => Images.Values.Where(image => image.Owner == Account);

    /// <summary>Whether an instance has the builder's group; one that proves an image has none of it.</summary>
    private bool Grouped => Instances.Keys.Except(Launched.Values.Select(launched => launched.Id)).Any();

    public string New(string kind) => $"{kind}-{++_made:x17}";

    public Task<string> AccountAsync(CancellationToken cancellationToken) => Task.FromResult(Account);

    public Task<FoundImage?> BaseAsync(BaseImage wanted, CancellationToken cancellationToken) =>
        Task.FromResult(wanted.Id is { } id ? Images.GetValueOrDefault(id) : Images.Values.Where(image => wanted.Owners.Contains(image.Owner) && image.Name.StartsWith(wanted.Name!.TrimEnd('*'), StringComparison.Ordinal)).MaxBy(image => image.Name));

    public Task<ILookup<string, string>> VersionsAsync(Uri repository, string architecture, IReadOnlyCollection<string> packages, CancellationToken cancellationToken) =>
        Packages is null ? throw new IOException("it answers 503") : Task.FromResult(Packages);

    public Task<FoundImage?> NamedAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Own.SingleOrDefault(image => image.Name == name));

    /// <summary>An instance that ends is gone at the second look.</summary>
    public Task<BuildLeftovers> LeftoversAsync(string run, ImmutableArray<string> groups, CancellationToken cancellationToken)
    {
        var seen = new BuildLeftovers(
            Instances.Where(instance => Shown(instance.Key)).ToImmutableDictionary(),
            KeyPairs.Contains($"fleet-{run}") ? $"fleet-{run}" : null,
            Groups.Where(group => Grouped || groups.Contains(group.Value)).ToImmutableDictionary(),
            [.. Own.Where(image => image.Tags.GetValueOrDefault("fleet:run") == run).SelectMany(image => image.Snapshots)]);
        foreach (var gone in Instances.Where(instance => instance.Value == "shutting-down").Select(instance => instance.Key).ToList())
        {
            Instances.Remove(gone);
        }

        return Task.FromResult(seen);
    }

    private bool Shown(string instance) => (_hidden[instance] = _hidden.GetValueOrDefault(instance) - 1) < 0;

    public Task RemoveAsync(BuildLeftovers leftovers, CancellationToken cancellationToken)
    {
        foreach (var instance in leftovers.Instances.Keys.Where(Instances.ContainsKey))
        {
            Instances[instance] = "shutting-down";
        }

        if (leftovers.KeyPair is { } key)
        {
            KeyPairs.Remove(key);
        }

        foreach (var group in leftovers.Groups.Keys)
        {
            if (Grouped)
            {
                Broken.Add($"{group} was to be deleted while an instance had it");
            }

            Groups.Remove(group);
        }

        if (Own.Any(image => image.Snapshots.Intersect(leftovers.Snapshots).Any()))
        {
            Broken.Add("a snapshot of an image that stands was to be deleted");
        }

        return Task.CompletedTask;
    }

    public Task RemoveAsync(FoundImage image, CancellationToken cancellationToken)
    {
        if (image.Owner != Account)
        {
            Broken.Add($"{image.Id} is another's");
        }

        Images.Remove(image.Id);
        return Task.CompletedTask;
    }

    public Task RequireTokensAsync(string imageId, CancellationToken cancellationToken)
    {
        WithTokens.Add(imageId);
        return Task.CompletedTask;
    }

    public Task<string> LaunchAsync(InstanceOrder order, CancellationToken cancellationToken)
    {
        if (LaunchRefusal is { } code)
        {
            throw new CloudRefusedException(code, "ec2:RunInstances", "refused");
        }

        if (Launched.TryGetValue(order.Token, out var known))
        {
            return Task.FromResult(known.Id);
        }

        var id = New("i");
        (Launched[order.Token], Instances[id], _hidden[id]) = ((order, id), "running", Lag);
        return Task.FromResult(id);
    }

    public Task<BuilderCredentials> CredentialsAsync(CancellationToken cancellationToken) => Task.FromResult(new BuilderCredentials("AKIAEXAMPLE", "secret", null, null));

    public Task<TemplateFolder> OpenAsync(RecipeTemplate template, CancellationToken cancellationToken) =>
        template.Folder == "worker" ? Task.FromResult(new TemplateFolder("/templates/worker", Files, Trusted: false)) : throw new TemplateFolderException($"there is no folder '{template.Folder}'");
}
