using System.Text.RegularExpressions;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.Watching;

/// <summary>The alert rules, checked by Prometheus' own tool and held to what is exported.</summary>
public sealed partial class AlertRuleTests
{
    private const string Rules = "infra/alerts/fleet.rules.yaml";

    [Fact]
    public async Task Prometheus_takes_the_rules_and_they_fire_when_they_should()
    {
        var (exit, output) = await Promtool.RunAsync(null, "check", "rules", Promtool.File(Rules));
        exit.ShouldBe(0, output);
        (exit, output) = await Promtool.RunAsync(null, "test", "rules", Promtool.File("infra/alerts/fleet.rules.test.yaml"));
        exit.ShouldBe(0, output);
    }

    [Fact]
    public async Task Every_metric_and_every_log_id_that_they_name_is_there()
    {
        await using var fleet = await ServedFleet.StartAsync(Engine.Sqlite, speed: 1);
        var scrape = await Scrape.OfAsync(fleet);
        var text = await File.ReadAllTextAsync(Promtool.File(Rules));

        var named = Metric().Matches(text).Select(match => match.Value).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(8);
        named.ShouldBeSubsetOf(scrape.Types.Keys);

        var docs = await File.ReadAllTextAsync(Promtool.File("docs/watching.md"));
        foreach (Match id in LogId().Matches(text))
        {
            docs.ShouldContain($"| {id.Value} |");
        }

        foreach (Match alert in Alert().Matches(text))
        {
            docs.ShouldContain(alert.Groups[1].Value);
        }
    }

    [GeneratedRegex("fleet_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"(?<=\(ids? [^)]*)\d{4}")]
    private static partial Regex LogId();

    [GeneratedRegex(@"alert: (\w+)")]
    private static partial Regex Alert();
}
