using System.Collections.Immutable;
using Fleet.Core.Inventory;

namespace Fleet.Core.Schedules;

/// <summary>One step of a schedule's time. Written as a pool's name, or as <c>build/RECIPE</c> and <c>promotion/RECIPE</c>, which no pool can be called.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Name">The pool's or the recipe's name.</param>
public readonly record struct ScheduleStep(StepKind Kind, string Name)
{
    private const string Build = "build/";

    private const string Promotion = "promotion/";

    /// <summary>Reads a step as it is written.</summary>
    public static ScheduleStep Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Build, StringComparison.Ordinal) ? new(StepKind.Build, text[Build.Length..])
            : text.StartsWith(Promotion, StringComparison.Ordinal) ? new(StepKind.Promotion, text[Promotion.Length..])
            : new(StepKind.Rotation, text);
    }

    /// <summary>
    /// The steps of a schedule, as they are written. One with a recipe builds first, then rotates the pools that take the recipe's candidates, promotes what has proved itself in them, and rotates the others last: they never get
    /// an image that no canary ran.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="declared">The pools of its cluster.</param>
    public static ImmutableArray<string> All(ScheduleSpec schedule, IReadOnlyCollection<NodePoolSpec> declared)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(declared);
        ImmutableArray<string> pools = schedule.Pools.IsEmpty ? [.. declared.Select(pool => pool.Name)] : schedule.Pools;
        if (schedule.Recipe is not { } recipe)
        {
            return pools;
        }

        var canaries = declared.Where(pool => pool.Image is { Channel: ImageChannel.Candidate } image && image.Recipe == recipe).Select(pool => pool.Name).ToHashSet();
        return [Build + recipe, .. pools.Where(canaries.Contains), Promotion + recipe, .. pools.Where(pool => !canaries.Contains(pool))];
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        StepKind.Build => Build + Name,
        StepKind.Promotion => Promotion + Name,
        _ => Name,
    };
}
