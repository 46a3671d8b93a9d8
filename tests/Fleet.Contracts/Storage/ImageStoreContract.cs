using Fleet.Core.Images;
using Fleet.Core.Inventory;

namespace Fleet.Contracts.Storage;

/// <summary>What <see cref="IImageStore"/> promises.</summary>
public abstract class ImageStoreContract
{
    protected abstract IImageStore Store { get; }

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task A_record_is_read_back_as_it_was_put()
    {
        var image = Image("worker", "0123456789ab", 0) with
        {
            State = ImageState.Stable,
            Parent = new("base", "ba9876543210"),
            Promoted = Runs.Noon.AddHours(1),
            SharedWith = ["210987654321"],
            Copies = [new("eu-central-1", "ami-0123456789abcdef0", ["snap-0123456789abcdef0"]), new("us-east-1", "ami-0fedcba9876543210", [])],
        };

        (await Store.AddImageAsync(image, None)).ShouldBeTrue();

        SpecJson.Write((await Store.ImagesAsync(null, None)).ShouldHaveSingleItem()).ShouldBe(SpecJson.Write(image));
    }

    [Fact]
    public async Task Records_come_by_recipe_and_age()
    {
        foreach (var image in (ImageRecord[])[Image("worker", "0123456789ac", 2), Image("spark", "0123456789ab", 3), Image("worker", "0123456789ab", 1)])
        {
            await Store.AddImageAsync(image, None);
        }

        (await Store.ImagesAsync(null, None)).Select(image => image.Key).ShouldBe(["spark/0123456789ab", "worker/0123456789ab", "worker/0123456789ac"]);
        (await Store.ImagesAsync("worker", None)).Count.ShouldBe(2);
        (await Store.ImagesAsync("none", None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_is_given_once_whoever_tries()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(run => Task.Run(() => Store.AddImageAsync(Image("worker", "0123456789ab", 0) with { Run = $"run-{run}" }, None))));

        added.Count(one => one).ShouldBe(1);
        (await Store.ImagesAsync("worker", None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Of_several_that_decide_on_the_same_state_one_prevails()
    {
        var image = Image("worker", "0123456789ab", 0);
        await Store.AddImageAsync(image, None);

        var stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(minute => Task.Run(() => Store.PutImageAsync(image with { State = ImageState.Candidate, Changed = Runs.Noon.AddMinutes(minute) }, ImageState.Building, None))));

        stored.Count(one => one).ShouldBe(1);
        (await Store.PutImageAsync(image with { State = ImageState.Rejected }, ImageState.Building, None)).ShouldBeFalse();
        (await Store.PutImageAsync(Image("worker", "ffffffffffff", 0), ImageState.Building, None)).ShouldBeFalse();
        (await Store.ImagesAsync("worker", None)).ShouldHaveSingleItem().State.ShouldBe(ImageState.Candidate);
    }

    private static ImageRecord Image(string recipe, string version, int hours) => new()
    {
        Recipe = recipe,
        Version = version,
        Source = version.PadRight(64, '0'),
        Name = ImageNames.Of(recipe, "1.33.2", "x86_64", version),
        Account = "123456789012",
        KubernetesVersion = "1.33.2",
        Architecture = "x86_64",
        BaseImage = "ami-0123456789abcdef0",
        Run = "run-1",
        Created = Runs.Noon.AddHours(hours),
        Changed = Runs.Noon.AddHours(hours),
    };
}
