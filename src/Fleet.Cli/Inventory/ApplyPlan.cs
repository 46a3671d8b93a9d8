using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Inventory;

/// <summary>What an apply would change.</summary>
internal sealed class ApplyPlan
{
    private readonly List<(string Verb, string Name, IReadOnlyList<DocumentChange> Changes)> _steps = [];

    public ApplyPlan(Declarations declared, Catalogue stored)
    {
        foreach (var cluster in declared.Clusters)
        {
            var before = stored.Clusters.FirstOrDefault(candidate => candidate.Name == cluster.Name);
            Add($"Cluster {cluster.Name}", before is null ? null : ResourceDocument.Declared(before), ResourceDocument.Declared(cluster));
        }

        foreach (var pool in declared.Pools)
        {
            var before = stored.Pools.FirstOrDefault(candidate => candidate.Cluster == pool.Cluster && candidate.Name == pool.Name);
            Add($"NodePool {pool.Cluster}/{pool.Name}", before is null ? null : ResourceDocument.Declared(before), ResourceDocument.Declared(pool));
            if (before is not null && stored.RunOn(before) is { } run && _steps[^1].Verb == "update")
            {
                Notes.Add($"run {run.Id} on {pool.Cluster}/{pool.Name} goes on with the spec that it was started with");
            }
        }

        foreach (var schedule in declared.Schedules)
        {
            var before = stored.Declared.Schedules.FirstOrDefault(candidate => candidate.Name == schedule.Name);
            Add($"Schedule {schedule.Name}", before is null ? null : ResourceDocument.Declared(before), ResourceDocument.Declared(schedule));
        }

        foreach (var recipe in declared.Recipes)
        {
            var before = stored.Declared.Recipes.FirstOrDefault(candidate => candidate.Name == recipe.Name);
            Add($"Recipe {recipe.Name}", before is null ? null : ResourceDocument.Declared(before), ResourceDocument.Declared(recipe));
        }
    }

    public bool IsEmpty => _steps.TrueForAll(step => step.Verb == "unchanged");

    public List<string> Notes { get; } = [];

    public void WriteTo(TextWriter output)
    {
        foreach (var (verb, name, changes) in _steps)
        {
            output.WriteLine($"{verb,-10} {name}");
            foreach (var change in changes)
            {
                output.WriteLine($"             {change}");
            }
        }

        foreach (var note in Notes)
        {
            output.WriteLine($"note: {note}");
        }
    }

    public JsonArray ToJson() => new(
    [
        .. _steps.Select(step => new JsonObject
        {
            ["action"] = step.Verb,
            ["resource"] = step.Name,
            ["changes"] = new JsonArray([.. step.Changes.Select(change => new JsonObject
            {
                ["field"] = change.Path,
                ["before"] = change.Before is null ? null : JsonNode.Parse(change.Before),
                ["after"] = change.After is null ? null : JsonNode.Parse(change.After),
            })]),
        }),
    ]);

    private void Add(string name, JsonObject? before, JsonObject after)
    {
        var changes = before is null ? [] : DocumentChanges.Between(before, after);
        _steps.Add((before is null ? "create" : changes.Count == 0 ? "unchanged" : "update", name, changes));
    }
}
