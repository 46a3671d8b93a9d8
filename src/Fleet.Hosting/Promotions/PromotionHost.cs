using Fleet.Core.Builds;
using Fleet.Core.Inventory;
using Fleet.Core.Promotions;
using Fleet.Core.Promotions.Orders;
using Fleet.Core.Runs;
using Fleet.Hosting.Runs;

namespace Fleet.Hosting.Promotions;

/// <summary>Starts promotions of images and drives them in this process, under the run's lease in the store.</summary>
/// <param name="store">Where runs are recorded.</param>
/// <param name="ports">What promotions reach.</param>
/// <param name="options">Clocks, seed and owner.</param>
public sealed class PromotionHost(IRunStore store, PromotionPorts ports, PromotionOptions options) : IRunKind
{
    private readonly Random _chance = new(options.Seed);

    /// <inheritdoc/>
    public string Name => ImagePromotionOrderReader.Kind;

    /// <summary>Looks at Fleet's records and, with reads only, at the keys of the recipe's regions what a promotion would come to.</summary>
    /// <param name="spec">What is asked for; a version that is empty stands for the newest candidate.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The plan and the spec with its version; or everything that speaks against it.</returns>
    /// <exception cref="Core.Rotations.CloudRefusedException">AWS refused, or did not answer.</exception>
    public async Task<(PromotionPlan? Plan, PromotionSpec Spec, IReadOnlyList<InputError> Errors)> CheckAsync(PromotionSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var (plan, error) = PromotionPlan.Of(spec, [.. await ports.Images.ImagesAsync(spec.Recipe.Name, cancellationToken).ConfigureAwait(false)]);
        var keys = await new PromotionKeys(ports).CheckAsync(spec.Recipe, plan?.Image, cancellationToken).ConfigureAwait(false);
        InputError[] errors = [.. error is null ? (InputError[])[] : [error], .. keys.Faults.Select(fault => fault.ToError())];
        return plan is null || errors.Length > 0 ? (null, spec, errors) : (plan with { Keys = keys }, spec with { Version = plan.Image.Version }, []);
    }

    /// <summary>A new run, not recorded yet. Its place in queues is its version's, so that a version that soaks holds up no build.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="startedBy">Who asks for it, see <see cref="Run.StartedBy"/>.</param>
    /// <param name="person">The person behind that, see <see cref="Run.Person"/>.</param>
    public Run Prepare(PromotionSpec spec, string startedBy, string? person)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var now = options.Policy.GetUtcNow();
        return new Run
        {
            Id = RunId.New(now, Chance()),
            Kind = Name,
            Cluster = Run.NoCluster,
            Pool = spec.Key,
            StartedBy = startedBy,
            Person = person,
            Spec = BuildJson.Write(spec with { Recipe = spec.Recipe with { Document = null } }),
            State = BuildJson.Write(new PromotionState()),
            Created = now,
            Updated = now,
        };
    }

    /// <inheritdoc/>
    public async Task<Run> DriveAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            var driver = new RunDriver(store, new PromotionRound(ports, options.Policy), new DriverOptions { Owner = options.Owner }, options.Policy, options.Wall);
            return await driver.DriveAsync(run.Id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await store.ReleaseLeaseAsync(run.Id, options.Owner, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private Random Chance()
    {
        lock (_chance)
        {
            return new Random(_chance.Next());
        }
    }
}
