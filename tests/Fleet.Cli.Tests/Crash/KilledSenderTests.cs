using System.Collections.Concurrent;
using System.Threading.Channels;
using Fleet.Cli.Tests.Serving;
using Fleet.Contracts.Storage.Postgres;
using Fleet.Service.Tests.Notifications;
using Fleet.Storage;

namespace Fleet.Cli.Tests.Crash;

/// <summary>A service that is killed (SIGKILL) between sending a notification and recording that it was sent; another one follows it.</summary>
public class KilledSenderTests
{
    [Fact]
    public async Task News_whose_sender_is_killed_come_once_more_under_the_same_id()
    {
        using var database = PostgresServer.Shared.Create();
        await using var stage = await WireStage.StartAsync(database);
        var known = new ConcurrentDictionary<string, bool>();
        var (doomed, deaths) = (Channel.CreateUnbounded<ServedProcess>(), Channel.CreateUnbounded<string>());
        Receiver receiver = null!;

        // Whoever sends news for the first time is dead before it gets its answer.
        receiver = await Receiver.StartAsync(async count =>
        {
            var news = receiver.Bodies.ElementAt(count - 1);
            if (known.TryAdd((string)news["id"]!, true))
            {
                var sender = await doomed.Reader.ReadAsync();
                sender.Process.Kill();
                await sender.Process.WaitForExitAsync();
                await deaths.Writer.WriteAsync((string)news["event"]!);
            }

            return 200;
        });
        await using var listening = receiver;
        var settings = await SettingsAsync(stage.Folder, receiver.Address);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(8), TimeProvider.System);

        await using var first = await stage.ServeAsync(more: ["--settings", settings]);
        (await first.SendAsync(HttpMethod.Post, "/v1/runs", WireStage.Order())).Status.ShouldBe(201);
        await doomed.Writer.WriteAsync(first);
        (await deaths.Reader.ReadAsync(limit.Token)).ShouldBe("started");
        await using var second = await stage.ServeAsync(more: ["--settings", settings]);
        await doomed.Writer.WriteAsync(second);
        (await deaths.Reader.ReadAsync(limit.Token)).ShouldBe("done");
        await using var third = await stage.ServeAsync(more: ["--settings", settings]);
        await ToldAsync(database.Url, limit.Token);

        // One more try is another's right where this machine is so busy that an answer comes too late; another id never is.
        var told = receiver.Bodies.GroupBy(news => (string)news["id"]!).ToList();
        told.Select(news => news.Select(one => (string)one["event"]!).Distinct().ShouldHaveSingleItem()).ShouldBe(["started", "done"]);
        told.ShouldAllBe(news => news.Count() >= 2);
    }

    private static async Task<string> SettingsAsync(string folder, Uri receiver)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "hook-key"), "shared");
        var file = Path.Combine(folder, "service.yaml");
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: fleet/v1
            kind: Service
            secrets:
              hook: {file: hook-key}
            notifications:
              hook: {type: webhook, url: "{{receiver}}", secret: hook, events: [started, done]}
            """);
        return file;
    }

    /// <summary>Waits until nothing is left to tell.</summary>
    private static async Task ToldAsync(string url, CancellationToken cancellationToken)
    {
        using var store = new PostgresStore(DatabaseUrl.Parse(url), TimeProvider.System);
        while ((await store.NewsAsync(10, cancellationToken)).Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }
    }
}
