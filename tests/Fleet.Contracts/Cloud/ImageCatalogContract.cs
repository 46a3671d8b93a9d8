using Fleet.Core.Images;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Sweep;

namespace Fleet.Contracts.Cloud;

/// <summary>What every server must show of an account's images and of what needs them. Members are virtual for servers that are known to differ.</summary>
public abstract class ImageCatalogContract : CloudSuite
{
    protected const string Version = "0123456789ab";

    private readonly string _name = $"fleet-test-{Guid.NewGuid():n}";

    protected IReadOnlyDictionary<string, string> Tags { get; } = new Dictionary<string, string> { [ImageTags.Recipe] = "worker", [ImageTags.Version] = Version };

    [Fact]
    public virtual async Task An_image_is_copied_and_seen_with_its_snapshots()
    {
        var seen = await SeenAsync(await CopiedAsync());

        seen.ShouldNotBeNull();
        (seen.Name, seen.Region, seen.Account, seen.State, seen.DeprecatedAt).ShouldBe((_name, Facts.Region, await Account.Catalog.AccountAsync(None), "available", null));
        seen.Snapshots.ShouldNotBeEmpty();
        seen.Snapshots.ShouldAllBe(snapshot => snapshot.StartsWith("snap-", StringComparison.Ordinal));
    }

    [Fact]
    public virtual async Task The_same_token_gives_the_same_copy() => (await CopiedAsync()).ShouldBe(await CopiedAsync());

    [Fact]
    public virtual async Task Recipe_and_version_are_read_from_the_tags()
    {
        var id = await CopiedAsync();
        var snapshots = (await SeenAsync(id))!.Snapshots;

        await Account.Catalog.TagAsync([id, .. snapshots], Tags, None);
        await Account.Catalog.TagAsync([id, .. snapshots], new Dictionary<string, string> { ["team"] = "shop" }, None);

        var seen = (await SeenAsync(id))!;
        (seen.Recipe, seen.Version).ShouldBe(("worker", Version));
    }

    [Fact]
    public virtual async Task An_image_is_shared_however_often_it_is_asked_for()
    {
        var id = await CopiedAsync();

        await Account.Catalog.ShareAsync(id, ["111122223333"], None);
        await Account.Catalog.ShareAsync(id, ["111122223333", "444455556666"], None);
        await Account.Catalog.ShareAsync(id, [], None);
        (await SeenAsync(id)).ShouldNotBeNull();
    }

    [Fact]
    public virtual async Task An_image_is_deprecated_and_that_is_taken_back()
    {
        var id = await CopiedAsync();
        var at = Soon();

        await Account.Catalog.DeprecateAsync(id, at, None);
        (await SeenAsync(id))!.DeprecatedAt.ShouldBe(at);

        await Account.Catalog.UndeprecateAsync(id, None);
        await Account.Catalog.UndeprecateAsync(id, None);
        (await SeenAsync(id))!.DeprecatedAt.ShouldBeNull();
    }

    [Fact]
    public virtual async Task An_image_is_disabled_and_enabled_however_often_it_is_asked_for()
    {
        var id = await CopiedAsync();

        await Account.Catalog.DisableAsync(id, None);
        await Account.Catalog.DisableAsync(id, None);
        (await SeenAsync(id))!.Disabled.ShouldBeTrue();

        await Account.Catalog.EnableAsync(id, None);
        await Account.Catalog.EnableAsync(id, None);
        (await SeenAsync(id))!.State.ShouldBe("available");
    }

    [Fact]
    public virtual async Task An_image_goes_with_its_snapshots_however_often_it_is_asked_for()
    {
        var id = await CopiedAsync();
        var snapshots = (await SeenAsync(id))!.Snapshots;

        await Account.Catalog.DeregisterAsync(id, snapshots, None);
        await Account.Catalog.DeregisterAsync(id, snapshots, None);

        (await SeenAsync(id)).ShouldBeNull();
    }

    [Fact]
    public virtual async Task Every_version_of_a_template_and_every_instance_needs_its_image()
    {
        var group = await GroupAsync();
        await Account.Templates.CreateVersionAsync(group.TemplateId!, 1, new() { ImageId = Facts.NewImage }, "fleet r-1", "token-1", None);

        var uses = await Account.Catalog.UsesAsync([], None);

        uses.ShouldContain(new ImageUse(Facts.Region, Facts.OldImage, ImageUseKind.TemplateVersion, $"{Facts.TemplateName} version 1"));
        uses.ShouldContain(new ImageUse(Facts.Region, Facts.NewImage, ImageUseKind.TemplateVersion, $"{Facts.TemplateName} version 2"));
        foreach (var instance in group.Instances)
        {
            uses.ShouldContain(new ImageUse(Facts.Region, Facts.OldImage, ImageUseKind.Instance, instance.Id));
        }

        uses.ShouldNotContain(use => use.Kind == ImageUseKind.Parameter);
    }

    [Fact]
    public virtual async Task Parameters_below_the_given_paths_need_the_image_that_they_hold()
    {
        var name = $"{Facts.ParameterPath}/1.33/latest";

        await Account.Catalog.PutParameterAsync(name, Facts.OldImage, None);
        (await ParametersAsync()).ShouldBe([(Facts.OldImage, name), (Facts.NewImage, Facts.Parameter)], ignoreOrder: true);

        await Account.Catalog.PutParameterAsync(name, Facts.NewImage, None);
        (await ParametersAsync()).ShouldContain((Facts.NewImage, name));

        await Account.Catalog.DeleteParameterAsync(name, None);
        await Account.Catalog.DeleteParameterAsync(name, None);
        (await ParametersAsync()).ShouldBe([(Facts.NewImage, Facts.Parameter)]);
    }

    /// <summary>A whole minute ahead of the account's time.</summary>
    protected virtual DateTimeOffset Soon()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, TimeSpan.Zero).AddMinutes(5);
    }

    /// <summary>Waits until a copy is available.</summary>
    protected virtual async Task AvailableAsync(string imageId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(20), TimeProvider.System);
        while ((await SeenAsync(imageId))?.State != "available")
        {
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>A copy of an image that belongs to the account.</summary>
    protected async Task<string> CopiedAsync()
    {
        var order = new ImageCopyOrder { SourceRegion = Facts.Region, SourceImage = Facts.NewImage, Name = _name, Token = _name, Tags = Tags };
        var id = await Account.Catalog.CopyAsync(order, None);
        await AvailableAsync(id);
        return id;
    }

    protected async Task<SeenImage?> SeenAsync(string imageId) => (await Account.Catalog.OwnedAsync(None)).SingleOrDefault(image => image.Id == imageId);

    private async Task<IEnumerable<(string, string)>> ParametersAsync() =>
        (await Account.Catalog.UsesAsync([Facts.ParameterPath], None)).Where(use => use.Kind == ImageUseKind.Parameter).Select(use => (use.ImageId, use.Subject));
}
