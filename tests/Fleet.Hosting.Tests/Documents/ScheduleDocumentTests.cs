using Fleet.Core.Inventory;

namespace Fleet.Hosting.Tests.Documents;

/// <summary>Documents of kind Schedule.</summary>
public class ScheduleDocumentTests
{
    private const string Head = """
        apiVersion: fleet/v1
        kind: Schedule
        metadata: {name: monthly}
        spec:
          cluster: prod
          timeZone: Europe/Berlin

        """;

    [Fact]
    public void Every_field_is_read()
    {
        var schedule = Read("""
              cron: 0  2 * * TUE#2
              action: rotate
              pools: [workers]
              olderThan: 14d
              newImage: false
              misfire: runOnce
              startingDeadline: 1h
              suspend: true
            """).Schedules.ShouldHaveSingleItem();

        schedule.Cron.ShouldBe("0 2 * * TUE#2");
        schedule.Pools.ShouldBe(["workers"]);
        (schedule.Cluster, schedule.TimeZone, schedule.OlderThan, schedule.NewImage).ShouldBe(("prod", "Europe/Berlin", TimeSpan.FromDays(14), false));
        (schedule.Misfire, schedule.StartingDeadline, schedule.Suspend).ShouldBe((MisfirePolicy.RunOnce, TimeSpan.FromHours(1), true));
    }

    [Fact]
    public void What_is_left_out_takes_its_default()
    {
        var schedule = Read("  cron: 0 2 * * *").Schedules.ShouldHaveSingleItem();

        schedule.Pools.ShouldBeEmpty();
        (schedule.OlderThan, schedule.NewImage, schedule.Suspend).ShouldBe((null, true, false));
        (schedule.Misfire, schedule.StartingDeadline).ShouldBe((MisfirePolicy.Skip, TimeSpan.FromMinutes(10)));
    }

    [Theory]
    [InlineData("  cron: 0 0 31 APR *", "'0 0 31 APR *' never fires")]
    [InlineData("  cron: 0 0 2 * * *", "6 fields are given")]
    [InlineData("  cron: 0 2 1 * MON", "are both set")]
    [InlineData("  pools: [workers]", "spec.cron is missing")]
    [InlineData("  cron: 0 2 * * *\n  newImage: false", "would never find anything to do")]
    [InlineData("  cron: 0 2 * * *\n  pools: []", "leave it out for all pools")]
    [InlineData("  cron: 0 2 * * *\n  pools: [workers, workers]", "names workers 2 times")]
    [InlineData("  cron: 0 2 * * *\n  pools: [wokers]", "cluster prod has no pool 'wokers'; did you mean workers?")]
    [InlineData("  cron: 0 2 * * *\n  olderThan: 14 days", "an age like 14d")]
    [InlineData("  cron: 0 2 * * *\n  olderThan: 59m", "at least 1h")]
    [InlineData("  cron: 0 2 * * *\n  startingDeadline: 10s", "at least 1m")]
    [InlineData("  cron: 0 2 * * *\n  misfire: ignore", "skip or runOnce")]
    public void What_cannot_work_is_refused_with_the_reason(string lines, string expected) =>
        Read(lines).Errors.ShouldHaveSingleItem().Message.ShouldContain(expected);

    [Fact]
    public void A_schedule_may_come_with_its_cluster_and_pool_and_not_without()
    {
        var text = Head + "  cron: 0 2 * * *\n  pools: [workers]\n";
        Reading.Several(("a.yaml", text), ("b.yaml", Reading.Cluster + "---\n" + Reading.Pool)).Errors.ShouldBeEmpty();
        Reading.Several(("a.yaml", text)).Errors.ShouldHaveSingleItem().Code.ShouldBe("unknown-cluster");
        Reading.Several(("a.yaml", text + "---\n" + text), ("b.yaml", Reading.Cluster + "---\n" + Reading.Pool)).Errors.ShouldHaveSingleItem().Code.ShouldBe("duplicate-resource");
    }

    private static Declarations Read(string lines) =>
        Reading.Yaml(Head + lines, pools: [new NodePoolSpec { Cluster = "prod", Name = "workers", Groups = ["a"] }]);
}
