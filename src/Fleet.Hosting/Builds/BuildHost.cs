using Fleet.Aws;
using Fleet.Core.Builds;
using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;
using Fleet.Hosting.Runs;
using Fleet.Tools.Packer;
using Fleet.Tools.Templates;

namespace Fleet.Hosting.Builds;

/// <summary>Starts image builds and drives them in this process, under the run's lease in the store.</summary>
/// <param name="store">Where runs are recorded.</param>
/// <param name="images">Where images are recorded.</param>
/// <param name="options">How images are built.</param>
/// <param name="owner">Who drives, unique per process.</param>
public sealed class BuildHost(IRunStore store, IImageStore images, BuildOptions options, string owner) : IRunKind, IDisposable
{
    /// <summary>The kind of its runs.</summary>
    public const string Kind = "imageBuild";

    private readonly Random _chance = new(options.Seed);
    private readonly TemplateFolders _templates = new(options.Images.Templates, options.Images.TemplateRepositories, options.Images.Cache ?? Cache());

    private readonly DebianRepositories _packages = new(options.Outgoing);

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>Looks, with reads only, whether a recipe can be built, and what that would come to.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="again">Whether a source that was built before is built anew.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The plan, or everything that speaks against it.</returns>
    /// <exception cref="Core.Rotations.CloudRefusedException">AWS refused, or did not answer.</exception>
    public async Task<(BuildPlan? Plan, IReadOnlyList<InputError> Errors)> CheckAsync(RecipeSpec recipe, bool again, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        using var account = Open(recipe, recipe.Regions[0]);
        using var keys = Keys(recipe);
        return await new BuildPreflight(Ports(account, keys)).CheckAsync(recipe, again, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A new run, not recorded yet.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="startedBy">Who asks for it, see <see cref="Run.StartedBy"/>.</param>
    /// <param name="person">The person behind that, see <see cref="Run.Person"/>.</param>
    public Run Prepare(BuildSpec spec, string startedBy, string? person)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var now = options.Policy.GetUtcNow();
        return new Run
        {
            Id = RunId.New(now, Chance()),
            Kind = Kind,
            Cluster = Run.NoCluster,
            Pool = spec.Recipe.Name,
            StartedBy = startedBy,
            Person = person,
            Spec = BuildJson.Write(spec with { Recipe = spec.Recipe with { Document = null }, Ancestors = [.. spec.Ancestors.Select(recipe => recipe with { Document = null })] }),
            State = BuildJson.Write(new BuildState()),
            Created = now,
            Updated = now,
        };
    }

    /// <inheritdoc/>
    public async Task<Run> DriveAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var recipe = BuildJson.Read<BuildSpec>(run.Spec).Recipe;
        using var account = Open(recipe, recipe.Regions[0]);
        using var keys = Keys(recipe);
        var round = new BuildRound(Ports(account, keys), options.Policy, options.Wall);
        try
        {
            return await new RunDriver(store, round, new DriverOptions { Owner = owner }, options.Policy, options.Wall).DriveAsync(run.Id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The builder first: who drives on finds nothing at work.
            await round.DisposeAsync().ConfigureAwait(false);
            await store.ReleaseLeaseAsync(run.Id, owner, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _templates.Dispose();
        _packages.Dispose();
    }

    private static string Cache() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } home ? home : Path.GetTempPath(), "fleet", "templates");

    private RecipeKeys Keys(RecipeSpec recipe) => new(region => Open(recipe, region));

    private AwsAccount Open(RecipeSpec recipe, string region)
    {
        var how = options.AccountOf(recipe, region) with { RoleArn = recipe.RoleArn, ExternalId = recipe.ExternalId, Session = $"fleet-image-{recipe.Name}" };
        return new AwsAccount(options.Images.Endpoint is { } endpoint ? how with { Endpoint = endpoint } : how, options.Policy);
    }

    private BuildPorts Ports(AwsAccount account, RecipeKeys keys) => new()
    {
        Cloud = account.Builds,
        Templates = _templates,
        Builder = new PackerBuilder(new PackerOptions { Program = options.Images.Packer }, options.Wall),
        Packages = _packages,
        Scripts = account.Scripts,
        Keys = keys,
        Images = images,
        BaseOwners = options.Images.BaseOwners,
    };

    private Random Chance()
    {
        lock (_chance)
        {
            return new Random(_chance.Next());
        }
    }
}
