using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Mapping;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Tables;

/// <summary>One column that kubectl prints.</summary>
/// <param name="Name">Heading.</param>
/// <param name="Cell">Its value for an object, given the rendered document and the present instant.</param>
/// <param name="Type">string, integer or date.</param>
/// <param name="Priority">0 always, 1 with <c>-o wide</c>.</param>
internal sealed record TableColumn(string Name, Func<WorldObject, DateTimeOffset, JsonNode?> Cell, string Type = "string", int Priority = 0)
{
    public JsonObject Definition => new()
    {
        ["name"] = Name,
        ["type"] = Type,
        ["format"] = Name == "Name" ? "name" : "",
        ["description"] = Name,
        ["priority"] = Priority,
    };

    /// <summary>A column of a kind's own record.</summary>
    public static TableColumn Of<T>(string name, Func<T, JsonNode?> cell, string type = "string", int priority = 0)
        where T : WorldObject => new(name, (value, _) => cell((T)value), type, priority);

    /// <summary>Name, the first of every table.</summary>
    public static TableColumn Named { get; } = new("Name", (value, _) => value.Meta.Name);

    /// <summary>How long ago the object was made.</summary>
    public static TableColumn Age { get; } = new("Age", (value, now) => Since(value.Meta.Created, now));

    /// <summary>A span as kubectl writes it (duration.HumanDuration).</summary>
    public static string Since(DateTimeOffset then, DateTimeOffset now)
    {
        var span = now - then;
        var (minutes, hours, days) = ((int)span.TotalMinutes, (int)span.TotalHours, (int)span.TotalDays);
        return span switch
        {
            { Ticks: < 0 } => "0s",
            { TotalSeconds: < 120 } => $"{(int)span.TotalSeconds}s",
            { TotalMinutes: < 10 } => span.Seconds == 0 ? $"{minutes}m" : $"{minutes}m{span.Seconds}s",
            { TotalHours: < 3 } => $"{minutes}m",
            { TotalHours: < 8 } => span.Minutes == 0 ? $"{hours}h" : $"{hours}h{span.Minutes}m",
            { TotalHours: < 48 } => $"{hours}h",
            { TotalDays: < 8 } => span.Hours == 0 ? $"{days}d" : $"{days}d{span.Hours}h",
            _ => $"{days}d",
        };
    }

    /// <summary>A list of labels as selectors are printed.</summary>
    public static string Joined(IEnumerable<KeyValuePair<string, string>> labels) =>
        string.Join(',', labels.Select(label => $"{label.Key}={label.Value}")) is { Length: > 0 } text ? text : "<none>";

    /// <summary>A text of the unmodelled part of an object.</summary>
    public static string Unmodelled(WorldObject value, string part, string name, string absent = "<none>") => value.Unmodelled.Object(part).Text(name) ?? absent;
}
