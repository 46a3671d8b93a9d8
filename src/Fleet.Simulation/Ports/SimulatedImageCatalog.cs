using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Rotations;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Ports;

/// <summary>The images of a simulated account in a region, without a wire and without retries; the same calls as over the wire.</summary>
/// <param name="world">The world.</param>
/// <param name="region">Region; null for the world's own.</param>
/// <param name="caller">Access key id, for the log and for fault rules.</param>
public sealed class SimulatedImageCatalog(World world, string? region = null, string caller = "fleet") : IImageCatalog
{
    private const int PageSize = 1000;
    private readonly CloudApi _api = new(world, caller) { Region = region };
    private readonly SimulatedImageUses _uses = new(new CloudApi(world, caller) { Region = region });

    /// <inheritdoc/>
    public Task<string> AccountAsync(CancellationToken cancellationToken) => Answer(() => CloudFailure.Make("sts", "GetCallerIdentity", _api.GetCallerIdentity).Account, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeenImage>> OwnedAsync(CancellationToken cancellationToken) => Answer<IReadOnlyList<SeenImage>>(() =>
    {
        var found = new List<SeenImage>();
        Page<Image>? page = null;
        do
        {
            var token = page?.NextToken;
            page = Ec2("DescribeImages", () => _api.DescribeImagePage(owners: ["self"], disabled: true, nextToken: token, maxResults: PageSize));
            found.AddRange(page.Items.Select(Of));
        }
        while (page.NextToken is not null);
        return found;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageUse>> UsesAsync(IReadOnlyList<string> parameterPaths, CancellationToken cancellationToken) => Answer(() => _uses.Read(parameterPaths), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> KeysOfAsync(ImmutableArray<string> snapshots, CancellationToken cancellationToken) => Answer<IReadOnlyList<string>>(() =>
        snapshots.IsEmpty ? [] : [.. Ec2("DescribeSnapshots", () => _api.DescribeSnapshots(filters: [new AwsFilter("snapshot-id", snapshots)])).Items.Select(snapshot => snapshot.KmsKey).OfType<string>().Distinct(StringComparer.Ordinal)], cancellationToken);

    /// <inheritdoc/>
    public Task<string> CopyAsync(ImageCopyOrder order, CancellationToken cancellationToken) =>
        Answer(() => Ec2("CopyImage", () => _api.CopyImage(order.SourceRegion, order.SourceImage, order.Name, order.Tags, order.Tags, clientToken: order.Token).Id), cancellationToken);

    /// <inheritdoc/>
    public Task ShareAsync(string imageId, IReadOnlyList<string> accounts, CancellationToken cancellationToken) =>
        accounts.Count == 0 ? Task.CompletedTask : Do("ModifyImageAttribute", () => _api.ModifyImageAttribute(imageId, accounts, [], null), cancellationToken);

    /// <inheritdoc/>
    public Task TagAsync(IReadOnlyList<string> resources, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) => Do("CreateTags", () => _api.CreateTags(resources, tags), cancellationToken);

    /// <inheritdoc/>
    public Task DeprecateAsync(string imageId, DateTimeOffset at, CancellationToken cancellationToken) => Do("EnableImageDeprecation", () => _api.EnableImageDeprecation(imageId, at), cancellationToken);

    /// <inheritdoc/>
    public Task UndeprecateAsync(string imageId, CancellationToken cancellationToken) => Do("DisableImageDeprecation", () => _api.DisableImageDeprecation(imageId), cancellationToken);

    /// <inheritdoc/>
    public Task DisableAsync(string imageId, CancellationToken cancellationToken) => Unless(imageId, "disabled", "DisableImage", () => _api.DisableImage(imageId), cancellationToken);

    /// <inheritdoc/>
    public Task EnableAsync(string imageId, CancellationToken cancellationToken) => Unless(imageId, "available", "EnableImage", () => _api.EnableImage(imageId), cancellationToken);

    /// <inheritdoc/>
    public Task DeregisterAsync(string imageId, ImmutableArray<string> snapshots, CancellationToken cancellationToken) => Answer(() =>
    {
        UnlessGone("ec2", "DeregisterImage", () => _api.DeregisterImage(imageId));
        foreach (var snapshot in snapshots)
        {
            UnlessGone("ec2", "DeleteSnapshot", () => _api.DeleteSnapshot(snapshot));
        }

        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task PutParameterAsync(string name, string imageId, CancellationToken cancellationToken) =>
        Answer(() => CloudFailure.Make("ssm", "PutParameter", () => _api.PutParameter(name, imageId, "String", overwrite: true)), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteParameterAsync(string name, CancellationToken cancellationToken) => Answer(() =>
    {
        UnlessGone("ssm", "DeleteParameter", () => _api.DeleteParameter(name));
        return true;
    }, cancellationToken);

    private static T Ec2<T>(string operation, Func<T> call) => CloudFailure.Make("ec2", operation, call);

    private static void UnlessGone(string service, string operation, Action call)
    {
        try
        {
            CloudFailure.Make(service, operation, () =>
            {
                call();
                return true;
            });
        }
        catch (CloudRefusedException gone) when (gone.Code == "not-found")
        {
        }
    }

    private static Task<T> Answer<T>(Func<T> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(call());
        }
        catch (CloudRefusedException refused)
        {
            return Task.FromException<T>(refused);
        }
    }

    private static Task<bool> Do(string operation, Action call, CancellationToken cancellationToken) => Answer(() => Ec2(operation, () =>
    {
        call();
        return true;
    }), cancellationToken);

    private SeenImage Of(Image image) => new(image.Owner, _api.Cloud.Region, image.Id, image.Name, image.Tags.GetValueOrDefault(ImageTags.Recipe), image.Tags.GetValueOrDefault(ImageTags.Version), image.Snapshots)
    {
        State = image.State,
        DeprecatedAt = image.DeprecateAt,
    };

    /// <summary>A change of state that was made already is refused: only then is looked whether it is so.</summary>
    private async Task Unless(string imageId, string state, string operation, Action change, CancellationToken cancellationToken)
    {
        try
        {
            await Do(operation, change, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudRefusedException refused) when (refused.Code == "invalid")
        {
            if (Ec2("DescribeImages", () => _api.DescribeImagePage([imageId], disabled: true)).Items.All(image => image.State != state))
            {
                throw;
            }
        }
    }
}
