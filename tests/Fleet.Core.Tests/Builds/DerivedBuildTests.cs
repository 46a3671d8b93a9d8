using Fleet.Core.Builds;
using Fleet.Core.Images;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Tests.Builds;

/// <summary>Which derived recipes are to be built when their parent has a newer image.</summary>
public class DerivedBuildTests
{
    private const string Region = "eu-central-1";

    private static readonly RecipeSpec Spark = Workshop.Worker with { Name = "spark", Base = null, Parent = "worker", KubernetesVersion = null };

    [Fact]
    public void A_recipe_that_was_built_follows_the_version_that_was_promoted_last()
    {
        ImageRecord[] records =
        [
            Version("worker", "000000000001", promoted: 1),
            Version("worker", "000000000002", promoted: 3),
            Version("worker", "000000000003", promoted: 2),
            Version("worker", "000000000004"),
            Version("spark", "00000000000a", parent: "000000000001"),
        ];

        var (recipe, parent) = DerivedBuilds.Due([Workshop.Worker, Spark], records).ShouldHaveSingleItem();

        (recipe.Name, parent.Version, DerivedBuilds.Key(recipe, parent)).ShouldBe(("spark", "000000000002", "derived.spark.000000000002"));
    }

    [Theory]
    [InlineData(ImageState.Building)]
    [InlineData(ImageState.Candidate)]
    [InlineData(ImageState.Rejected)]
    [InlineData(ImageState.Retired)]
    public void A_version_of_the_parent_is_followed_once_whatever_came_of_it(ImageState state) =>
        DerivedBuilds.Due([Workshop.Worker, Spark], [Version("worker", "000000000001", promoted: 1), Version("spark", "00000000000a", parent: "000000000001") with { State = state }]).ShouldBeEmpty();

    [Fact]
    public void What_was_never_built_is_not_begun_unasked_and_a_candidate_is_not_followed()
    {
        DerivedBuilds.Due([Workshop.Worker, Spark], [Version("worker", "000000000001", promoted: 1)]).ShouldBeEmpty();
        DerivedBuilds.Due([Workshop.Worker, Spark], [Version("worker", "000000000001"), Version("spark", "00000000000a", parent: "000000000009")]).ShouldBeEmpty();
    }

    [Fact]
    public void A_parent_that_is_not_in_the_region_that_builds_is_waited_for() =>
        DerivedBuilds.Due([Spark with { Regions = ["us-east-1"] }], [Version("worker", "000000000001", promoted: 1), Version("spark", "00000000000a", parent: "000000000009")]).ShouldBeEmpty();

    private static ImageRecord Version(string recipe, string version, int? promoted = null, string? parent = null) => new()
    {
        Recipe = recipe,
        Version = version,
        Source = version,
        Name = version,
        Account = BuildWorld.Account,
        KubernetesVersion = "1.33.2",
        Architecture = "x86_64",
        BaseImage = "ami-0123456789abcdef0",
        Run = "run-1",
        Parent = parent is null ? null : new ParentVersion("worker", parent),
        State = promoted is null ? ImageState.Candidate : ImageState.Stable,
        Copies = [new ImageCopy(Region, $"ami-{version}", [])],
        Created = DateTimeOffset.UnixEpoch,
        Changed = DateTimeOffset.UnixEpoch,
        Promoted = promoted is { } day ? DateTimeOffset.UnixEpoch.AddDays(day) : null,
    };
}
