using System.Collections.Immutable;

namespace Fleet.Cli.Contexts;

/// <summary>What the context file holds.</summary>
internal sealed record ContextSet
{
    /// <summary>The name that stands for this machine's own store.</summary>
    public const string Local = "local";

    /// <summary>The context that commands take when none is named; null is this machine's own store.</summary>
    public string? Current { get; init; }

    /// <summary>All contexts.</summary>
    public ImmutableArray<FleetContext> Contexts { get; init; } = [];

    /// <summary>The set with a context added, or put in the place of the one of its name, and made the current one.</summary>
    public ContextSet With(FleetContext context) => new() { Current = context.Name, Contexts = [.. Contexts.Where(other => other.Name != context.Name).Append(context).OrderBy(one => one.Name, StringComparer.Ordinal)] };

    /// <summary>The context of a name.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public FleetContext Find(string name, string field)
    {
        if (Contexts.FirstOrDefault(context => context.Name == name) is { } found)
        {
            return found;
        }

        var names = string.Join(", ", Contexts.Select(context => context.Name).Append(Local));
        throw RefusedException.Because("not-found", field, name, names, $"there is no context '{name}'; there are: {names}. 'fleet login SERVER' makes one");
    }
}
