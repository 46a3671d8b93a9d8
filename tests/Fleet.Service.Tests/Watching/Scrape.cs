using System.Globalization;
using System.Text.RegularExpressions;

namespace Fleet.Service.Tests.Watching;

/// <summary>Metrics as they were scraped.</summary>
internal sealed partial class Scrape(string text)
{
    public string Text => text;

    /// <summary>The metrics that are told of, with or without values.</summary>
    public IReadOnlyDictionary<string, string> Types { get; } =
        text.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToDictionary(line => line[2], line => line[3]);

    /// <summary>The sum of a metric's series that have all of these labels; 0 where there is none.</summary>
    public double Sum(string name, params string[] labels) => Series(name, labels).Sum(line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture));

    /// <summary>The lines of a metric's series that have all of these labels.</summary>
    public IEnumerable<string> Series(string name, params string[] labels) =>
        text.Split('\n').Where(line => Name().Match(line).Value == name && labels.All(label => line.Contains(label, StringComparison.Ordinal)));

    public static async Task<Scrape> OfAsync(ServedFleet fleet)
    {
        var answer = await fleet.GetAsync("/metrics");
        (answer.Status, answer.Type).ShouldBe((200, "text/plain"), answer.Body);
        return new Scrape(answer.Body);
    }

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*")]
    private static partial Regex Name();
}
