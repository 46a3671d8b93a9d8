using System.Globalization;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.Watching;

/// <summary>The table of metrics in docs/watching.md is what is exported.</summary>
public sealed class MetricTableTests
{
    [Fact]
    public async Task The_table_names_every_metric_with_its_type_and_meaning()
    {
        await using var fleet = await ServedFleet.StartAsync(Engine.Sqlite, speed: 1);
        var scrape = await Scrape.OfAsync(fleet);
        var helps = scrape.Text.Split('\n').Where(line => line.StartsWith("# HELP fleet_", StringComparison.Ordinal)).ToDictionary(line => line.Split(' ')[2], line => line.Split(' ', 4)[3]);

        var rows = helps.Order(Comparer<KeyValuePair<string, string>>.Create((one, other) => string.CompareOrdinal(one.Key, other.Key)))
            .Select(metric => string.Create(CultureInfo.InvariantCulture, $"| {metric.Key} | {scrape.Types[metric.Key]} | {metric.Value} |"));

        var table = (await File.ReadAllLinesAsync(Promtool.File("docs/watching.md"))).SkipWhile(line => !line.StartsWith("| metric |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));
        string.Join('\n', table).ShouldBe(string.Join('\n', rows));
    }
}
