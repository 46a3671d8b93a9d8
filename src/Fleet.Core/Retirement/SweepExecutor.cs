using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;

namespace Fleet.Core.Retirement;

/// <summary>
/// Does what the sweep decided. An image on its way out is recorded as such before it is touched, and what comes back is touched before it is recorded, so that the record always knows what is to be undone; a sweep that was broken off is finished by the
/// next one. Nothing is deregistered that EC2 did not show as disabled, nor without another look at everything that could need it.
/// </summary>
/// <param name="observer">Looks.</param>
/// <param name="images">Fleet's records.</param>
/// <param name="catalogs">The accounts.</param>
/// <param name="clock">Policy time.</param>
public sealed class SweepExecutor(SweepObserver observer, IImageStore images, IImageCatalogs catalogs, TimeProvider clock)
{
    /// <summary>EC2 refuses a deprecation in the past and rounds to the minute.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);

    /// <summary>How old the look may be that something is deregistered by.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>How old it may be for what can be undone.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    private readonly Dictionary<ImagePlace, IImageCatalog> _checked = [];

    /// <summary>Looks, decides and does, what comes back first.</summary>
    /// <param name="cancellationToken">Ends it between two calls; the next sweep finishes what was begun.</param>
    public async Task<ImmutableArray<SweepOutcome>> RunAsync(CancellationToken cancellationToken)
    {
        var seen = await observer.ObserveAsync(cancellationToken).ConfigureAwait(false);
        var outcomes = new List<SweepOutcome>();
        var verdicts = Verdicts(seen);
        DateTimeOffset? looked = null;
        foreach (var first in InTurn(verdicts.Values).ToList())
        {
            if (first.Step == SweepStep.Deregister && !(looked is { } at && IsFresh(first.Step, at, clock.GetUtcNow())))
            {
                seen = await observer.ObserveAsync(cancellationToken).ConfigureAwait(false);
                (verdicts, looked) = (Verdicts(seen), clock.GetUtcNow());
            }

            if (verdicts.GetValueOrDefault(first.Image.Key) is { } verdict)
            {
                outcomes.Add(verdict.Step == first.Step ? await DoAsync(verdict, seen, cancellationToken).ConfigureAwait(false) : new SweepOutcome(verdict, verdict.Step == SweepStep.Stay));
            }
        }

        return [.. outcomes];
    }

    /// <summary>What comes back goes first, what has no way back last.</summary>
    internal static IEnumerable<ImageVerdict> InTurn(IEnumerable<ImageVerdict> verdicts) =>
        verdicts.OrderBy(verdict => verdict.Step == SweepStep.Restore ? 0 : verdict.Step == SweepStep.Deregister ? 2 : 1);

    /// <summary>Whether a look may still be acted on.</summary>
    internal static bool IsFresh(SweepStep step, DateTimeOffset looked, DateTimeOffset now) => looked + (step == SweepStep.Deregister ? Fresh : Recent) > now;

    /// <summary>Whether there is something to do: a step, or what an earlier sweep did not come to the end of.</summary>
    internal static bool IsDue(ImageVerdict verdict, ILookup<(string Region, string Id), SeenImage> seen) =>
        verdict.Step != SweepStep.Stay || (Waits(verdict) && verdict.Image.Copies.SelectMany(copy => seen[(copy.Region, copy.ImageId)]).Any(copy => IsBehind(verdict.Image, copy)));

    private static bool Waits(ImageVerdict verdict) => verdict.Reasons.All(reason => reason.Code == "image-waits");

    /// <summary>Whether EC2 does not show what the record says.</summary>
    private static bool IsBehind(ImageRecord image, SeenImage copy) => image.State switch
    {
        ImageState.Deprecated => copy.DeprecatedAt is null,
        ImageState.Disabled => !copy.Disabled,
        _ => false,
    };

    private Dictionary<string, ImageVerdict> Verdicts(SweepObservation seen) => SweepPlanner.Decide(seen, clock.GetUtcNow()).ToDictionary(verdict => verdict.Image.Key);

    private static Reason Refused(ImageRecord image, CloudRefusedException refused) => new()
    {
        Code = "sweep-refused",
        Sentence = $"{image.Key}: {refused.Message}",
        Object = $"image {image.Key}",
        Cure = refused.Code == "denied" ? $"grant {refused.Action} (infra/terraform/image-policy)" : "the next sweep tries again",
    };

    /// <summary>Takes the step of one version. Repeated, it comes to the same.</summary>
    /// <param name="verdict">What was decided.</param>
    /// <param name="seen">By which look.</param>
    /// <param name="cancellationToken">Ends it between two calls; the next sweep finishes what was begun.</param>
    internal async Task<SweepOutcome> DoAsync(ImageVerdict verdict, SweepObservation seen, CancellationToken cancellationToken)
    {
        if (seen.Recipes.FirstOrDefault(recipe => recipe.Name == verdict.Image.Recipe) is not { } recipe)
        {
            return new SweepOutcome(verdict, Done: verdict.Step == SweepStep.Stay);
        }

        var found = verdict.Image.Copies.SelectMany(copy => seen.Seen.Where(image => image.Region == copy.Region && image.Id == copy.ImageId)).ToList();
        try
        {
            var done = verdict.Step switch
            {
                SweepStep.Restore => await RestoreAsync(verdict.Image, recipe, found, cancellationToken).ConfigureAwait(false),
                SweepStep.Deprecate => await RecordAsync(verdict.Image, ImageState.Deprecated, cancellationToken).ConfigureAwait(false) && await DeprecateAsync(verdict.Image, recipe, found, cancellationToken).ConfigureAwait(false),
                SweepStep.Disable => await DisableAsync(verdict.Image, recipe, found, cancellationToken).ConfigureAwait(false),
                SweepStep.Deregister => await DeregisterAsync(verdict.Image, recipe, found, cancellationToken).ConfigureAwait(false),
                _ => await KeepAsync(verdict, recipe, found, cancellationToken).ConfigureAwait(false),
            };
            return new SweepOutcome(verdict, done);
        }
        catch (CloudRefusedException refused)
        {
            return new SweepOutcome(verdict, Done: false, Refused(verdict.Image, refused));
        }
    }

    /// <summary>What waits to go further must be in EC2 as the record says. Where an earlier sweep was broken off between the two, it is made so, and the days begin anew.</summary>
    private async Task<bool> KeepAsync(ImageVerdict verdict, RecipeSpec recipe, List<SeenImage> found, CancellationToken cancellationToken)
    {
        var image = verdict.Image;
        if (!Waits(verdict) || !found.Exists(copy => IsBehind(image, copy)))
        {
            return true;
        }

        return await RecordAsync(image, image.State, cancellationToken).ConfigureAwait(false)
            && await (image.State == ImageState.Deprecated ? DeprecateAsync(image, recipe, found, cancellationToken) : DisableCopiesAsync(image, recipe, found, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<bool> DeprecateAsync(ImageRecord image, RecipeSpec recipe, List<SeenImage> found, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow() + Ahead;
        foreach (var copy in found.Where(copy => copy.DeprecatedAt is null || copy.DeprecatedAt > at))
        {
            await (await AtAsync(image, recipe, copy.Region, cancellationToken).ConfigureAwait(false)).DeprecateAsync(copy.Id, at, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Who uses an image has been warned for the days declared, or the days begin anew.</summary>
    private async Task<bool> DisableAsync(ImageRecord image, RecipeSpec recipe, List<SeenImage> found, CancellationToken cancellationToken)
    {
        if (found.Exists(copy => copy.DeprecatedAt is null))
        {
            return await RecordAsync(image, ImageState.Deprecated, cancellationToken).ConfigureAwait(false) && await DeprecateAsync(image, recipe, found, cancellationToken).ConfigureAwait(false);
        }

        return await RecordAsync(image, ImageState.Disabled, cancellationToken).ConfigureAwait(false) && await DisableCopiesAsync(image, recipe, found, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> DisableCopiesAsync(ImageRecord image, RecipeSpec recipe, List<SeenImage> found, CancellationToken cancellationToken)
    {
        foreach (var copy in found.Where(copy => !copy.Disabled))
        {
            await (await AtAsync(image, recipe, copy.Region, cancellationToken).ConfigureAwait(false)).DisableAsync(copy.Id, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<bool> DeregisterAsync(ImageRecord image, RecipeSpec recipe, List<SeenImage> found, CancellationToken cancellationToken)
    {
        if (image.State == ImageState.Disabled && found.Exists(copy => !copy.Disabled))
        {
            return await RecordAsync(image, ImageState.Disabled, cancellationToken).ConfigureAwait(false) && await DisableCopiesAsync(image, recipe, found, cancellationToken).ConfigureAwait(false);
        }

        foreach (var copy in image.Copies)
        {
            var catalog = await AtAsync(image, recipe, copy.Region, cancellationToken).ConfigureAwait(false);
            await catalog.DeleteParameterAsync(ImageNames.ByVersion(image.Recipe, image.KubernetesMinor, image.Version), cancellationToken).ConfigureAwait(false);
            var snapshots = copy.Snapshots.IsDefaultOrEmpty ? found.FirstOrDefault(seen => seen.Region == copy.Region)?.Snapshots ?? [] : copy.Snapshots;
            await catalog.DeregisterAsync(copy.ImageId, snapshots, cancellationToken).ConfigureAwait(false);
        }

        return await RecordAsync(image, ImageState.Retired, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One step back: a disabled image launches again and is shared again, a deprecated one loses its mark.</summary>
    private async Task<bool> RestoreAsync(ImageRecord image, RecipeSpec recipe, List<SeenImage> found, CancellationToken cancellationToken)
    {
        foreach (var copy in found)
        {
            var catalog = await AtAsync(image, recipe, copy.Region, cancellationToken).ConfigureAwait(false);
            if (image.State == ImageState.Disabled || copy.Disabled)
            {
                await catalog.EnableAsync(copy.Id, cancellationToken).ConfigureAwait(false);
                await catalog.ShareAsync(copy.Id, image.SharedWith, cancellationToken).ConfigureAwait(false);
            }

            if (image.State == ImageState.Deprecated && copy.DeprecatedAt is not null)
            {
                await catalog.UndeprecateAsync(copy.Id, cancellationToken).ConfigureAwait(false);
            }
        }

        return await RecordAsync(image, image.State == ImageState.Disabled ? ImageState.Deprecated : image.Promoted is null ? ImageState.Candidate : ImageState.Stable, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>False where somebody else moved it on meanwhile.</summary>
    private Task<bool> RecordAsync(ImageRecord image, ImageState state, CancellationToken cancellationToken) =>
        images.PutImageAsync(image with { State = state == image.State ? state : image.State.To(state), Changed = clock.GetUtcNow() }, image.State, cancellationToken);

    /// <summary>The images of a region as the recipe's role sees them. In another account an image would look as if it were gone.</summary>
    /// <exception cref="CloudRefusedException">The role is another account's.</exception>
    private async Task<IImageCatalog> AtAsync(ImageRecord image, RecipeSpec recipe, string region, CancellationToken cancellationToken)
    {
        var place = new ImagePlace(image.Account, region, recipe.RoleArn, recipe.ExternalId);
        if (!_checked.TryGetValue(place, out var catalog))
        {
            catalog = catalogs.At(place);
            var actual = await catalog.AccountAsync(cancellationToken).ConfigureAwait(false);
            _checked[place] = actual == image.Account ? catalog : throw new CloudRefusedException("unauthorized", "sts:GetCallerIdentity", $"recipe {recipe.Name} has the credentials of account {actual}, and the image is {image.Account}'s");
        }

        return catalog;
    }
}
