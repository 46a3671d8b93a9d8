using System.Security.Cryptography;
using System.Text;
using Fleet.Core.Runs;
using Fleet.Hosting.Outgoing;
using Fleet.Hosting.Settings;
using Fleet.Service.Notifications;
using Fleet.Service.Tests.Databases;
using Fleet.Service.Tests.Watching;

namespace Fleet.Service.Tests.Notifications;

/// <summary>News of runs at real receivers, some of which fail, hang or are away.</summary>
public abstract class NotificationTests(Engine engine)
{
    public sealed class OnSqlite() : NotificationTests(Engine.Sqlite);

    public sealed class OnPostgres() : NotificationTests(Engine.Postgres);

    private const string Key = "a key that both sides know";

    [Fact]
    public async Task A_webhook_gets_signed_news_again_until_it_takes_them_and_each_once()
    {
        await using var receiver = await Receiver.StartAsync(number => Task.FromResult(number <= 2 ? 503 : 204));
        await using var fleet = await ServedFleet.StartAsync(engine, settings: Settings(Hook(receiver)));
        await fleet.DeclareAsync();

        var run = (await fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=2m", ServedFleet.Order())).Json;

        ((string?)run["phase"]).ShouldBe("succeeded");
        await receiver.UntilAsync(got => got.Got.Count >= 4);
        receiver.Bodies.Select(body => (string)body["event"]!).Distinct().ShouldBe(["started", "done"], ignoreOrder: true);
        receiver.Bodies.GroupBy(body => (string)body["id"]!).Count().ShouldBe(2);
        receiver.Bodies.ShouldAllBe(body => (string)body["run"]! == (string)run["id"]! && (string)body["cluster"]! == "site" && (string)body["pool"]! == "workers");
        foreach (var (_, headers, body) in receiver.Got)
        {
            var signed = Encoding.UTF8.GetBytes($"{headers["Fleet-Timestamp"]}.").Concat(body).ToArray();
            headers["Fleet-Signature"].ToString().ShouldBe($"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), signed))}");
        }

        var scrape = await Scrape.OfAsync(fleet);
        scrape.Sum("fleet_notifications_total", "outcome=\"retried\"").ShouldBeGreaterThanOrEqualTo(2);
        await ToldAsync(fleet);

        receiver.Got.Count.ShouldBe(4, "what was taken is not sent again");
    }

    [Fact]
    public async Task A_receiver_that_hangs_keeps_no_run_and_hears_after_a_restart()
    {
        var silence = new TaskCompletionSource<int>();
        await using var receiver = await Receiver.StartAsync(number => number == 1 ? silence.Task : Task.FromResult(200));
        await using var fleet = await ServedFleet.StartAsync(engine, settings: Settings(Hook(receiver) with { Events = [RunEvent.Done] }));
        await fleet.DeclareAsync();
        ((string?)(await fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=2m", ServedFleet.Order())).Json["phase"]).ShouldBe("succeeded");
        await receiver.UntilAsync(got => got.Got.Count == 1);

        // The one that was sending is gone before it has an answer.
        await fleet.RestartAsync();

        await receiver.UntilAsync(got => got.Got.Count >= 2);
        receiver.Bodies.Select(body => (string)body["id"]!).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_waits_for_approval_is_told_to_chat_and_to_the_cluster()
    {
        await using var receiver = await Receiver.StartAsync(_ => Task.FromResult(200));
        var chat = new Notification { Name = "chat", Kind = NotificationKind.Slack, Secret = "address", Events = [RunEvent.Waiting] };
        var cluster = new Notification { Name = "events", Kind = NotificationKind.KubernetesEvent, Events = [RunEvent.Waiting] };
        var elsewhere = chat with { Name = "elsewhere", Clusters = ["other"] };
        await using var fleet = await ServedFleet.StartAsync(engine, settings: Settings([chat, cluster, elsewhere], new Uri(receiver.Address, "/services/T0/B0/secret")));
        await fleet.DeclareAsync();
        var gated = ServedFleet.Pool();
        gated["spec"]!["approval"] = "beforeStart";
        (await fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", gated)).Status.ShouldBe(200);

        (await fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=2m", ServedFleet.Order())).Status.ShouldBe(201);

        await receiver.UntilAsync(got => got.Got.Count > 0);
        receiver.Got.ShouldHaveSingleItem().Path.ShouldBe("/services/T0/B0/secret");
        ((string)receiver.Bodies.Single()["text"]!).ShouldStartWith("rotation of site/workers waits for a person");
        await fleet.UntilEventAsync("FleetRunWaiting");
    }

    [Fact]
    public async Task What_is_older_than_a_day_is_not_told()
    {
        await using var receiver = await Receiver.StartAsync(_ => Task.FromResult(200));
        await using var fleet = await ServedFleet.StartAsync(engine, speed: 1, settings: Settings(Hook(receiver)));
        foreach (var (id, age) in new[] { ("r-1", TimeSpan.FromHours(25)), ("r-2", TimeSpan.FromHours(23)) })
        {
            var at = TimeProvider.System.GetUtcNow().AddDays(-30) - age;
            var run = await fleet.Store.CreateAsync(new Run { Id = id, Kind = "other", Cluster = "site", Spec = "{}", State = "{}", Created = at, Updated = at }, CancellationToken.None);
            var lease = await fleet.Store.AcquireLeaseAsync(id, "test", TimeSpan.FromMinutes(1), TimeProvider.System.GetUtcNow(), CancellationToken.None);
            var ended = run with { Phase = RunPhase.Failed };
            await fleet.Store.CommitAsync(new RunCommit { Run = ended, Fencing = lease.Fencing, News = RunNews.Of(run, ended) }, CancellationToken.None);
        }

        await receiver.UntilAsync(got => got.Got.Count > 0);
        await ToldAsync(fleet);

        receiver.Bodies.Select(body => (string)body["run"]!).ShouldBe(["r-2"]);
    }

    [Fact]
    public void The_form_of_news_is_frozen()
    {
        var news = new RunNews
        {
            Id = "r-1/7",
            Event = RunEvent.Stuck,
            At = new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero),
            Run = "r-1",
            Kind = "rotation",
            Cluster = "prod",
            Pool = "workers",
            Phase = RunPhase.Stopped,
            Reasons = [new Reason { Code = "budget-exhausted", Sentence = "a budget <cart> allows no eviction", Object = "poddisruptionbudget shop/cart", Limit = "minAvailable 2", Value = "2 healthy", Cure = "scale up", Node = "ip-10-0-0-1" }],
        };

        const string Text = "rotation of prod/workers is stopped (run r-1): a budget <cart> allows no eviction (scale up)";
        var options = new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        NewsText.Body(news).ToJsonString(options).ShouldBe(
            $$"""{"id":"r-1/7","event":"stuck","at":"2026-03-04T12:00:00.000Z","run":"r-1","kind":"rotation","cluster":"prod","pool":"workers","phase":"stopped","text":"{{Text}}","reasons":[{"code":"budget-exhausted","sentence":"a budget <cart> allows no eviction","object":"poddisruptionbudget shop/cart","limit":"minAvailable 2","value":"2 healthy","cure":"scale up","node":"ip-10-0-0-1"}]}""");
        ((string)NewsText.Slack(news)["text"]!).ShouldBe(Text.Replace("<cart>", "&lt;cart&gt;", StringComparison.Ordinal));
        NotificationSender.Sign("key", "1772625600", "{}"u8).ShouldBe(SignatureOfDocs);
    }

    /// <summary>As docs/watching.md shows it: <c>printf '%s' '1772625600.{}' | openssl dgst -sha256 -hmac key</c>.</summary>
    private static string SignatureOfDocs => File.ReadAllLines(Promtool.File("docs/watching.md")).Single(line => line.StartsWith("v1=", StringComparison.Ordinal));

    private static Notification Hook(Receiver receiver) => new() { Name = "hook", Kind = NotificationKind.Webhook, Url = new Uri(receiver.Address, "/fleet"), Secret = "key" };

    private static ServiceSettings Settings(Notification only) => Settings([only], null);

    private static ServiceSettings Settings(Notification[] all, Uri? address) => new()
    {
        Notifications = [.. all],
        Outgoing = new OutgoingRules { Loopback = true },
        Secrets = new NamedSecrets(
            new Dictionary<string, SecretSource> { ["key"] = new(null, "KEY"), ["address"] = new(null, "ADDRESS") },
            name => name == "KEY" ? Key : $"{address}"),
    };

    /// <summary>Waits until nothing is left to tell.</summary>
    private static async Task ToldAsync(ServedFleet fleet)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        while ((await fleet.Store.NewsAsync(10, limit.Token)).Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }
}
