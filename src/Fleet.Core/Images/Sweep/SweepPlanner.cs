using System.Collections.Immutable;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;

namespace Fleet.Core.Images.Sweep;

/// <summary>Mark and sweep over images: what something needs stays, and what that was made from. Everything else goes, slowly: deprecated, then disabled, then deregistered.</summary>
public static class SweepPlanner
{
    /// <summary>Decides on every version that is not gone yet.</summary>
    /// <param name="seen">All that decides.</param>
    /// <param name="now">Policy time.</param>
    /// <returns>The verdicts, by recipe and age.</returns>
    public static ImmutableArray<ImageVerdict> Decide(SweepObservation seen, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var alive = seen.Records.Where(record => record.State != ImageState.Retired).OrderBy(record => record.Recipe, StringComparer.Ordinal).ThenBy(record => record.Created).ToList();
        var marks = Marks(seen, alive, now);
        return [.. alive.Select(image => Verdict(image, marks[image.Key], seen, now))];
    }

    private static Dictionary<string, List<Reason>> Marks(SweepObservation seen, List<ImageRecord> alive, DateTimeOffset now)
    {
        var marks = alive.ToDictionary(image => image.Key, _ => new List<Reason>());
        var byId = alive.SelectMany(image => image.Copies.Select(copy => (copy.Region, copy.ImageId, Image: image))).ToLookup(copy => (copy.Region, copy.ImageId), copy => copy.Image);
        foreach (var use in seen.Uses)
        {
            foreach (var image in byId[(use.Region, use.ImageId)])
            {
                marks[image.Key].Add(SweepReasons.Used(image, use));
            }
        }

        foreach (var family in alive.GroupBy(image => (image.Recipe, image.KubernetesMinor, image.Architecture)))
        {
            Retain([.. family], seen.Recipes.FirstOrDefault(recipe => recipe.Name == family.Key.Recipe), marks, now);
        }

        var seenById = seen.Seen.ToLookup(image => (image.Region, image.Id));
        foreach (var image in alive)
        {
            marks[image.Key].AddRange(Doubts(image, seen.Unread, seenById));
        }

        MarkParents(alive, marks);
        return marks;
    }

    /// <summary>What the recipe itself keeps of the versions of one minor.</summary>
    private static void Retain(List<ImageRecord> family, RecipeSpec? recipe, Dictionary<string, List<Reason>> marks, DateTimeOffset now)
    {
        var made = family.Where(image => image.State.Launches() || image.State == ImageState.Disabled).OrderByDescending(image => image.Created).ToList();
        var promoted = made.Where(image => image.Promoted is not null).OrderByDescending(image => image.Promoted).ToList();
        foreach (var image in family)
        {
            var mark = marks[image.Key];
            if (image.State == ImageState.Building)
            {
                mark.Add(SweepReasons.Building(image));
            }

            if (recipe is null)
            {
                mark.Add(SweepReasons.NoRecipe(image));
            }
            else if (made.IndexOf(image) is >= 0 and var place && place < recipe.Retention.Keep)
            {
                mark.Add(SweepReasons.Kept(image, recipe.Retention.Keep));
            }

            if (image.State == ImageState.Candidate && (promoted.Count == 0 || image.Created > promoted[0].Created))
            {
                mark.Add(SweepReasons.Candidate(image));
            }

            switch (promoted.IndexOf(image))
            {
                case 0:
                    mark.Add(SweepReasons.Newest(image));
                    break;
                case > 0 and var rank when recipe is not null && promoted[rank - 1].Promoted!.Value is var superseded && now < superseded + recipe.Retention.RollbackWindow:
                    mark.Add(SweepReasons.Rollback(image, superseded, recipe.Retention.RollbackWindow));
                    break;
            }
        }
    }

    /// <summary>What is not known is taken for a use; what does not bear Fleet's marks is not Fleet's.</summary>
    private static IEnumerable<Reason> Doubts(ImageRecord image, ImmutableArray<UnreadPlace> unread, ILookup<(string, string), SeenImage> seen)
    {
        foreach (var place in unread.Where(place => image.SharedWith.Contains(place.Account) || (place.Account == image.Account && (place.Region is null || image.Copies.Any(copy => copy.Region == place.Region)))))
        {
            yield return SweepReasons.Unread(image, place);
        }

        foreach (var stranger in image.Copies.SelectMany(copy => seen[(copy.Region, copy.ImageId)]).Where(found => found.Recipe != image.Recipe || found.Version != image.Version || found.Account != image.Account))
        {
            yield return SweepReasons.NotMarked(image, stranger);
        }
    }

    /// <summary>What stays keeps what it was made from, and that what it was made from in its turn.</summary>
    private static void MarkParents(List<ImageRecord> alive, Dictionary<string, List<Reason>> marks)
    {
        var byKey = alive.ToDictionary(image => image.Key);
        var open = new Queue<ImageRecord>(alive.Where(image => marks[image.Key].Count > 0));
        while (open.TryDequeue(out var image))
        {
            if (image.Parent is { } above && byKey.TryGetValue(above.Key, out var parent))
            {
                if (marks[parent.Key].Count == 0)
                {
                    open.Enqueue(parent);
                }

                marks[parent.Key].Add(SweepReasons.Parent(parent, image));
            }
        }
    }

    private static ImageVerdict Verdict(ImageRecord image, List<Reason> stays, SweepObservation seen, DateTimeOffset now)
    {
        if (stays.Count > 0)
        {
            // Somebody who comes back to an image that is on its way out must find it as it was.
            var back = image.State is ImageState.Disabled or ImageState.Deprecated && stays.Exists(reason => reason.Code is "image-in-use" or "image-parent" or "image-newest");
            return new(image, back ? SweepStep.Restore : SweepStep.Stay, [.. stays]);
        }

        var retention = seen.Recipes.First(recipe => recipe.Name == image.Recipe).Retention;
        return image.State switch
        {
            ImageState.Candidate or ImageState.Stable => new(image, SweepStep.Deprecate, [SweepReasons.Goes(image)]),
            ImageState.Deprecated => After(retention.DisableAfter, SweepStep.Disable, "disabled"),
            ImageState.Disabled => After(retention.DeregisterAfter, SweepStep.Deregister, "deregistered"),
            _ => new(image, SweepStep.Deregister, [SweepReasons.Goes(image)]),
        };

        ImageVerdict After(TimeSpan wait, SweepStep step, string next) =>
            now < image.Changed + wait ? new(image, SweepStep.Stay, [SweepReasons.Waits(image, next, image.Changed + wait)]) : new(image, step, [SweepReasons.Goes(image)]);
    }
}
