using Fleet.Core.Inventory;
using Fleet.Sandbox.WorldFile;
using Fleet.Simulation;
using Fleet.Simulation.Worlds;

namespace Fleet.Cli.Worlds;

/// <summary>The world that a sandbox serves: from a file, or the demonstration's, with as many nodes as asked for.</summary>
internal static class SandboxWorld
{
    /// <summary>World time starts in the past, so that ages that clients print stay positive however fast it runs.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromDays(30);

    /// <summary>Reads a world's description: of a file, or the demonstration's; with so many nodes in all, or as many as the description says.</summary>
    /// <exception cref="RefusedException">The file cannot be read or has mistakes.</exception>
    public static async Task<WorldSpec> ReadAsync(string? file, int? nodes, CancellationToken cancellationToken)
    {
        try
        {
            var spec = file is null ? WorldFileReader.Demo() : WorldFileReader.Read(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false));
            return nodes is { } wanted ? Scale(spec, wanted) : spec;
        }
        catch (WorldFileException wrong)
        {
            throw new RefusedException([.. wrong.Errors.Select(error =>
                new InputError("world-file", error.Field, null, null, (int)error.Line, (int)error.Column, $"{error.Field}: {error.Message}") { Source = file ?? "demo.yaml" })]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RefusedException.Because("unreadable", "--world", file, "a file that can be read", $"{file} cannot be read: {e.Message}");
        }
    }

    /// <summary>Builds the world; its present is thirty days before the wall clock's.</summary>
    /// <exception cref="RefusedException">It does not come to rest, e.g. because a pod fits nowhere.</exception>
    public static World Build(WorldSpec spec, int seed, TimeProvider wall)
    {
        try
        {
            return WorldBuilder.Build(spec, seed, wall.GetUtcNow() - Past);
        }
        catch (WorldNotSettledException restless)
        {
            throw RefusedException.Because("world-restless", "--nodes", $"{spec.Groups.Sum(group => group.Desired)}", null, $"the world '{spec.Name}' does not come to rest: {restless.Message}");
        }
    }

    /// <summary>Shares the nodes among the groups as the description does; minimum and maximum follow in proportion.</summary>
    private static WorldSpec Scale(WorldSpec spec, int nodes)
    {
        var before = spec.Groups.Sum(group => group.Desired);
        if (before == 0 || before == nodes)
        {
            return spec;
        }

        var (seen, given) = (0, 0);
        return spec with
        {
            Groups =
            [
                .. spec.Groups.Select(group =>
                {
                    // Cumulative shares, so that the parts sum to the whole.
                    seen += group.Desired;
                    var desired = (int)((long)nodes * seen / before) - given;
                    given += desired;
                    return group with
                    {
                        Desired = desired,
                        Min = Math.Min((int)((long)group.Min * nodes / before), desired),
                        Max = group.Max is { } max ? Math.Max((int)((long)max * nodes / before), desired) : null,
                    };
                }),
            ],
        };
    }
}
