using System.Globalization;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests;

/// <summary>Callers that follow a run's events, also across a restart of the service.</summary>
public abstract class FollowerTests(Engine engine)
{
    public sealed class OnSqlite() : FollowerTests(Engine.Sqlite);

    public sealed class OnPostgres() : FollowerTests(Engine.Postgres);

    [Fact]
    public async Task Fifty_callers_that_follow_a_run_across_a_restart_miss_nothing_and_hear_nothing_twice()
    {
        await using var fleet = await ServedFleet.StartAsync(engine, speed: 60);
        await fleet.DeclareAsync();
        var run = (await fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order())).Location!;

        var following = Enumerable.Range(0, 50).Select(_ => FollowAsync(fleet, run)).ToList();
        await fleet.UntilAsync(run, document => document["undo"]!.AsArray().Count > 0);
        await fleet.RestartAsync();
        var heard = await Task.WhenAll(following);

        var journal = (await fleet.GetAsync($"{run}/journal")).Json["items"]!.AsArray().Select(line => (long)line!["sequence"]!).ToList();
        foreach (var one in heard)
        {
            one.ShouldBe(journal);
        }
    }

    /// <summary>Follows as a browser's EventSource does: after a break it goes on from the last id that it has heard, until there is nothing more to come.</summary>
    private static async Task<List<long>> FollowAsync(ServedFleet fleet, string run)
    {
        var heard = new List<long>();
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(fleet.Address, $"{run}/events"));
                if (heard.Count > 0)
                {
                    request.Headers.Add("Last-Event-ID", heard[^1].ToString(CultureInfo.InvariantCulture));
                }

                using var response = await fleet.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                if ((int)response.StatusCode == 204)
                {
                    return heard;
                }

                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
                while (await reader.ReadLineAsync() is { } line)
                {
                    if (line.StartsWith("id: ", StringComparison.Ordinal))
                    {
                        heard.Add(long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture));
                    }
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }
}
