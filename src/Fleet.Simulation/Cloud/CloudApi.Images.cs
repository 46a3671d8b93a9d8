using System.Collections.Immutable;
using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Cloud;

public sealed partial class CloudApi
{
    private static readonly TimeSpan LongestDeprecation = TimeSpan.FromDays(3652);

    /// <summary>Images by id (one unknown id refuses the call), owner (<c>self</c> or an account), accounts that may launch and filters; disabled ones only where asked for. A page only where maxResults is given.</summary>
    public Page<Image> DescribeImagePage(
        IReadOnlyList<string>? ids = null, IReadOnlyList<string>? owners = null, IReadOnlyList<AwsFilter>? filters = null, IReadOnlyList<string>? users = null, bool disabled = false, string? nextToken = null, int? maxResults = null) =>
        Read("DescribeImages", Subject(ids), () =>
        {
            var missing = (ids ?? []).Where(id => FindImage(id) is null).ToList();
            if (missing.Count > 0)
            {
                throw NoImage(missing);
            }

            var asked = ids is { Count: > 0 } ? ids.Distinct().Select(id => Cloud.Images[id]) : Cloud.Images.Values.Where(image => image.State != "deregistered" && (disabled || image.State != "disabled"));
            var found = asked
                .Where(image => owners is not { Count: > 0 } || owners.Any(owner => image.Owner == (owner == "self" ? Cloud.Account : owner)))
                .Where(image => users is not { Count: > 0 } || users.Any(user => image.SharedWith.Contains(user)))
                .Where(image => (filters ?? []).All(filter => filter.Passes(ValuesOf(image, filter))));
            return PageOf(found, image => image.Id, nextToken, maxResults ?? int.MaxValue - 1, BadToken);
        });

    /// <summary>Images by id (one unknown id refuses the call), owner (<c>self</c> or an account) and filters; disabled ones only by id.</summary>
    public IReadOnlyList<Image> DescribeImages(IReadOnlyList<string>? ids = null, IReadOnlyList<string>? owners = null, IReadOnlyList<AwsFilter>? filters = null) =>
        DescribeImagePage(ids, owners, filters).Items;

    /// <summary>Copies an available image from a region into this one, as a pending one that becomes available. The same token gives the same copy; of names there may be several.</summary>
    public Image CopyImage(string sourceRegion, string sourceId, string name, IReadOnlyDictionary<string, string>? tags = null, IReadOnlyDictionary<string, string>? snapshotTags = null, bool copyTags = false, string? clientToken = null) =>
        WriteEc2(nameof(CopyImage), sourceId, $"from={sourceRegion} name={name}", () =>
        {
            var arguments = $"{sourceRegion} {sourceId} {name}";
            if (clientToken is not null && Cloud.ImageTokens.TryGetValue(clientToken, out var known))
            {
                return known.Arguments == arguments ? Cloud.Images[known.ImageId] : throw new CallRefusedException(BadRequest, "IdempotentParameterMismatch", "The client token was used before with other parameters.");
            }

            var source = world.CloudIn(sourceRegion).Images.GetValueOrDefault(sourceId);
            if (source is not { State: "available" })
            {
                throw source is null or { State: "deregistered" } ? NoImage([sourceId]) : Unavailable(source);
            }

            var number = Cloud.Images.Count;
            var copy = source with
            {
                Id = $"ami-0{(ulong)world.Chance.For($"copy/{Cloud.Region}/{number}").NextInt64():x16}",
                Name = name,
                Owner = Cloud.Account,
                State = "pending",
                Created = world.Now,
                Tags = (copyTags ? source.Tags : ImmutableSortedDictionary<string, string>.Empty).SetItems(tags ?? ImmutableSortedDictionary<string, string>.Empty),
                SharedWith = [],
                DeprecateAt = null,
            };
            copy = copy with { Snapshots = [.. Enumerable.Range(0, Math.Max(1, source.Snapshots.Length)).Select(index => SnapshotOf(copy, number, index, snapshotTags))] };
            Cloud.Put(copy);
            world.Timeline.After(Cloud.CopyTime, () => Cloud.Put(Cloud.Images[copy.Id] with { State = Cloud.Images[copy.Id].State == "pending" ? "available" : Cloud.Images[copy.Id].State }));
            if (clientToken is not null)
            {
                Cloud.ImageTokens[clientToken] = (arguments, copy.Id);
            }

            return copy;
        });

    /// <summary>Who may launch from an image, and which version of the metadata service its instances have. A disabled image cannot be shared.</summary>
    public void ModifyImageAttribute(string id, IReadOnlyList<string> add, IReadOnlyList<string> remove, string? imdsSupport) =>
        ChangeImage(nameof(ModifyImageAttribute), id, $"add={string.Join(',', add)} remove={string.Join(',', remove)} imds={imdsSupport}", image =>
        {
            var wrong = add.Concat(remove).FirstOrDefault(account => account.Length != 12 || !account.All(char.IsAsciiDigit));
            return wrong is not null ? throw new CallRefusedException(BadRequest, "InvalidAMIAttributeItemValue", $"Invalid attribute item value \"{wrong}\" for userId item type.")
                : image.State == "disabled" && add.Count > 0 ? throw Unavailable(image)
                : add.Count > 0 && image.Snapshots.Any(IsOfAws) ? throw new CallRefusedException(BadRequest, "InvalidParameter", "Snapshots encrypted with the AWS Managed CMK can't be shared. Specify another snapshot.")
                : image with { SharedWith = image.SharedWith.Union(add).Except(remove), ImdsSupport = imdsSupport ?? image.ImdsSupport };
        });

    /// <summary>Deprecates an image from an instant on, rounded to the minute; not in the past, and within ten years.</summary>
    public void EnableImageDeprecation(string id, DateTimeOffset at) => ChangeImage(nameof(EnableImageDeprecation), id, $"at={at:O}", image =>
        at < world.Now || at > world.Now + LongestDeprecation
            ? throw new CallRefusedException(BadRequest, "InvalidParameterValue", $"The value '{at:O}' for DeprecateAt is not valid. Specify a time in the future, within ten years.")
            : image with { DeprecateAt = new DateTimeOffset((at.UtcTicks + (TimeSpan.TicksPerMinute / 2)) / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero) });

    /// <summary>Takes an image's deprecation back.</summary>
    public void DisableImageDeprecation(string id) => ChangeImage(nameof(DisableImageDeprecation), id, null, image => image with { DeprecateAt = null });

    /// <summary>Disables an available image: it launches nothing, and whoever it was shared with loses it (Amazon EC2, "Disable an Amazon EC2 AMI").</summary>
    public void DisableImage(string id) => ChangeImage(nameof(DisableImage), id, null, image => image.State == "available" ? image with { State = "disabled", SharedWith = [] } : throw Unavailable(image));

    /// <summary>Enables a disabled image; it stays private.</summary>
    public void EnableImage(string id) => ChangeImage(nameof(EnableImage), id, null, image => image.State == "disabled" ? image with { State = "available" } : throw Unavailable(image));

    /// <summary>Deregisters an image, in use or not; its snapshots stay unless they are asked to go with it.</summary>
    /// <returns>What became of each snapshot that was to go: null where it is gone, else the refusal's code.</returns>
    public IReadOnlyList<(string Snapshot, string? Error)> DeregisterImage(string id, bool withSnapshots = false) => WriteEc2(nameof(DeregisterImage), id, withSnapshots ? "with snapshots" : null, () =>
    {
        var image = ImageOf(id);
        Cloud.Put(image with { State = "deregistered" });
        return (IReadOnlyList<(string, string?)>)(withSnapshots ? [.. image.Snapshots.Select(snapshot => (snapshot, TryDelete(snapshot)?.Code))] : []);
    });

    /// <summary>Deletes a snapshot that no image needs.</summary>
    public void DeleteSnapshot(string id) => WriteEc2(nameof(DeleteSnapshot), id, null, () => TryDelete(id) is { } refusal ? throw refusal : true);

    /// <summary>Snapshots by id (one unknown id refuses the call), owner and filters; a page only where maxResults is given.</summary>
    public Page<Snapshot> DescribeSnapshots(IReadOnlyList<string>? ids = null, IReadOnlyList<string>? owners = null, IReadOnlyList<AwsFilter>? filters = null, string? nextToken = null, int? maxResults = null) =>
        Read(nameof(DescribeSnapshots), Subject(ids), () =>
        {
            var missing = (ids ?? []).FirstOrDefault(id => !Cloud.Snapshots.ContainsKey(id));
            var asked = missing is not null ? throw NoSnapshot(missing) : ids is { Count: > 0 } ? ids.Distinct().Select(id => Cloud.Snapshots[id]) : Cloud.Snapshots.Values;
            var found = asked
                .Where(snapshot => owners is not { Count: > 0 } || owners.Any(owner => snapshot.Owner == (owner == "self" ? Cloud.Account : owner)))
                .Where(snapshot => (filters ?? []).All(filter => filter.Passes(ValuesOf(snapshot, filter))));
            return PageOf(found, snapshot => snapshot.Id, nextToken, maxResults ?? int.MaxValue - 1, BadToken);
        });

    private static CallRefusedException NoImage(IEnumerable<string> ids) => new(BadRequest, "InvalidAMIID.NotFound", $"The image id '[{string.Join(", ", ids)}]' does not exist");

    private static CallRefusedException NoSnapshot(string id) => new(BadRequest, "InvalidSnapshot.NotFound", $"The snapshot '{id}' does not exist.");

    private static CallRefusedException Unavailable(Image image) => new(BadRequest, "InvalidAMIID.Unavailable", $"The image ID '{image.Id}' is in the {image.State} state, in which that cannot be done");

    private static IEnumerable<string> ValuesOf(Image image, AwsFilter filter) => filter.Name switch
    {
        "image-id" => [image.Id],
        "name" => [image.Name],
        "state" => [image.State],
        "architecture" => [image.Architecture],
        "owner-id" => [image.Owner],
        "block-device-mapping.snapshot-id" => image.Snapshots,
        "is-public" => ["false"],
        "image-type" => ["machine"],
        "root-device-type" => ["ebs"],
        "virtualization-type" => ["hvm"],
        _ => filter.OnTags(image.Tags) ?? throw UnknownFilter(filter),
    };

    private static IEnumerable<string> ValuesOf(Snapshot snapshot, AwsFilter filter) => filter.Name switch
    {
        "snapshot-id" => [snapshot.Id],
        "description" => [snapshot.Description],
        "owner-id" => [snapshot.Owner],
        "status" => ["completed"],
        _ => filter.OnTags(snapshot.Tags) ?? throw UnknownFilter(filter),
    };

    private bool IsOfAws(string snapshot) => Cloud.Snapshots.GetValueOrDefault(snapshot)?.KmsKey is { } key && Cloud.FindKey(key) is { Manager: "AWS" };

    private Image? FindImage(string id) => Cloud.Images.GetValueOrDefault(id) is { State: not "deregistered" } image ? image : null;

    private Image ImageOf(string id)
    {
        var image = FindImage(id) ?? throw NoImage([id]);
        return image.Owner == Cloud.Account ? image : throw new CallRefusedException(403, "AuthFailure", $"Not authorized for image:{id}");
    }

    private void ChangeImage(string verb, string id, string? detail, Func<Image, Image> change) => WriteEc2(verb, id, detail, () =>
    {
        Cloud.Put(change(ImageOf(id)));
        return true;
    });

    private CallRefusedException? TryDelete(string id)
    {
        if (Cloud.Snapshots.GetValueOrDefault(id) is not { } snapshot)
        {
            return NoSnapshot(id);
        }

        if (Cloud.Images.Values.FirstOrDefault(image => image.State != "deregistered" && image.Snapshots.Contains(id)) is { } user)
        {
            return new CallRefusedException(BadRequest, "InvalidSnapshot.InUse", $"The snapshot {id} is currently in use by {user.Id}");
        }

        Cloud.Remove(snapshot);
        return null;
    }

    private string SnapshotOf(Image image, int number, int index, IReadOnlyDictionary<string, string>? tags)
    {
        var id = $"snap-0{(ulong)world.Chance.For($"snapshot/{Cloud.Region}/{number}/{index}").NextInt64():x16}";
        Cloud.Put(new Snapshot
        {
            Id = id,
            Owner = Cloud.Account,
            Description = $"Copied for DestinationAmi {image.Id}",
            Started = world.Now,
            Tags = (tags ?? ImmutableSortedDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal),
        });
        return id;
    }
}
