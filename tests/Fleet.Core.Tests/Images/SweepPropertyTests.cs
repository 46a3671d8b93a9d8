using Fleet.Core.Images;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Inventory.Recipes;
using static Fleet.Core.Tests.Images.SweepStage;

namespace Fleet.Core.Tests.Images;

/// <summary>Whatever the graph of images, recipes and uses: what can be reached is never removed, and what cannot goes in the end.</summary>
public class SweepPropertyTests
{
    private const int Graphs = 2000;

    private static readonly string[] Names = ["worker", "spark", "gpu", "edge"];

    [Fact]
    public void No_reachable_image_is_ever_taken_a_step_towards_its_end()
    {
        for (var seed = 1; seed <= Graphs; seed++)
        {
            var seen = Graph(new Random(seed));
            var reachable = Reachable(seen);
            foreach (var verdict in SweepPlanner.Decide(seen, Now).Where(verdict => verdict.Step is SweepStep.Deprecate or SweepStep.Disable or SweepStep.Deregister))
            {
                reachable.ShouldNotContain(verdict.Image.Key, $"seed {seed}: {verdict.Step}");
            }
        }
    }

    [Fact]
    public void What_cannot_be_reached_is_on_its_way_out_and_every_verdict_says_why()
    {
        var gone = 0;
        for (var seed = 1; seed <= Graphs; seed++)
        {
            var seen = Graph(new Random(seed));
            var reachable = Reachable(seen);
            foreach (var verdict in SweepPlanner.Decide(seen, Now.AddYears(5)))
            {
                verdict.Reasons.ShouldNotBeEmpty($"seed {seed}: {verdict.Image.Key}");
                if (!reachable.Contains(verdict.Image.Key) && !KeptByRecipe(seen, verdict.Image))
                {
                    verdict.Step.ShouldBeOneOf([SweepStep.Deprecate, SweepStep.Disable, SweepStep.Deregister], $"seed {seed}: {verdict.Image.Key}");
                    gone++;
                }
            }
        }

        gone.ShouldBeGreaterThan(Graphs / 10);
    }

    /// <summary>Uses, doubts and what they were made from, by a walk of its own that knows nothing of reasons.</summary>
    private static HashSet<string> Reachable(SweepObservation seen)
    {
        var alive = seen.Records.Where(image => image.State != ImageState.Retired).ToList();
        var reached = new HashSet<string>();
        foreach (var image in alive)
        {
            var used = seen.Uses.Any(use => image.Copies.Any(copy => copy.ImageId == use.ImageId && copy.Region == use.Region));
            var dark = seen.Unread.Any(place => image.SharedWith.Contains(place.Account) || (image.Account == place.Account && image.Copies.Any(copy => place.Region is null || copy.Region == place.Region)));
            var foreign = seen.Seen.Any(found => image.Copies.Any(copy => copy.ImageId == found.Id && copy.Region == found.Region) && (found.Recipe, found.Version, found.Account) != (image.Recipe, image.Version, image.Account));
            if (used || dark || foreign || image.State == ImageState.Building || seen.Recipes.All(recipe => recipe.Name != image.Recipe))
            {
                Climb(image);
            }
        }

        // What the recipes keep keeps its parents, too.
        foreach (var image in alive.Where(image => KeptByRecipe(seen, image)))
        {
            Climb(image);
        }

        return reached;

        void Climb(ImageRecord? image)
        {
            while (image is not null)
            {
                reached.Add(image.Key);
                var parent = image.Parent;
                image = parent is null ? null : alive.Find(other => other.Recipe == parent.Recipe && other.Version == parent.Version);
            }
        }
    }

    /// <summary>Newest stable, waiting for its promotion, or among the newest so many.</summary>
    private static bool KeptByRecipe(SweepObservation seen, ImageRecord image)
    {
        var family = seen.Records.Where(other => other.Recipe == image.Recipe && other.KubernetesVersion == image.KubernetesVersion && other.State is not (ImageState.Retired or ImageState.Rejected or ImageState.Building)).ToList();
        if (!family.Contains(image))
        {
            return false;
        }

        var newest = family.Where(other => other.Promoted is not null).OrderByDescending(other => other.Promoted).FirstOrDefault();
        var keep = seen.Recipes.FirstOrDefault(recipe => recipe.Name == image.Recipe)?.Retention.Keep ?? int.MaxValue;
        return image == newest || family.Count(other => other.Created > image.Created) < keep || (image.State == ImageState.Candidate && (newest is null || image.Created > newest.Created));
    }

    private static SweepObservation Graph(Random chance)
    {
        var recipes = Names.Take(chance.Next(1, Names.Length + 1)).Select(name => Recipe(name, chance.Next(1, 3)) with { Retention = new ImageRetention { Keep = chance.Next(1, 3), RollbackWindow = TimeSpan.FromDays(chance.Next(0, 20)) } }).ToList();
        var images = new List<ImageRecord>();
        for (var day = chance.Next(4, 30); day > 0; day--)
        {
            images.Add(Draw(chance, day, images));
        }

        var seen = Observed(recipes.Where(_ => chance.Next(10) > 0), [.. images]);
        return seen with
        {
            Uses = [.. images.Where(_ => chance.Next(4) == 0).Select(image => Use(image, (ImageUseKind)chance.Next(7), "something"))],
            Unread = chance.Next(6) == 0 ? [new(chance.Next(2) == 0 ? Account : "210987654321", chance.Next(2) == 0 ? null : Region, "refused")] : [],
            Seen = [.. seen.Seen.Where(_ => chance.Next(20) > 0).Select(image => chance.Next(20) == 0 ? image with { Recipe = null } : image)],
        };
    }

    private static ImageRecord Draw(Random chance, int day, List<ImageRecord> before)
    {
        var parent = before.Count > 0 && chance.Next(2) == 0 ? before[chance.Next(before.Count)] : null;
        var states = Enum.GetValues<ImageState>();
        var image = Image((day * 10) + 1, Names[chance.Next(Names.Length)], parent is null ? null : new ParentVersion(parent.Recipe, parent.Version));
        var state = states[chance.Next(states.Length)];
        return image with
        {
            State = state,
            Promoted = state is ImageState.Candidate or ImageState.Building or ImageState.Rejected ? null : image.Promoted,
            SharedWith = chance.Next(5) == 0 ? ["210987654321"] : [],
        };
    }
}
