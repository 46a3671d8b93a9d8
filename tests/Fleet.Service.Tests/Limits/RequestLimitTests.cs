using System.Net;
using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Hosting.Settings;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.Limits;

/// <summary>How many requests are answered; no request comes back however long the test takes, until it says that time has passed.</summary>
public abstract class RequestLimitTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : RequestLimitTests(Engine.Sqlite);

    public sealed class OnPostgres() : RequestLimitTests(Engine.Postgres);

    private readonly HeldStopwatch _wall = new();
    private ServedFleet _fleet = null!;

    public async Task InitializeAsync() => _fleet = await ServedFleet.StartAsync(engine, speed: 1, signIn: true, settings: new ServiceSettings { Limits = new RequestLimits { Caller = 30, Address = 3, Following = 1 } }, wall: _wall);

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task A_caller_above_its_limit_is_told_which_and_until_when_and_others_are_answered()
    {
        var (ada, ben) = (await _fleet.KeyAsync(new Grant(Role.Viewer, [])), await _fleet.KeyAsync(new Grant(Role.Viewer, [])));
        for (var request = 0; request < 30; request++)
        {
            (await AskAsync(ada)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var refused = await AskAsync(ada);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBe(TimeSpan.FromSeconds(2));
        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;
        ((string?)problem["code"]).ShouldBe("too-many-requests");
        ((string)problem["detail"]!).ShouldContain("more than 30 requests a minute by key test");
        ((string)problem["detail"]!).ShouldContain("limits.caller");
        (await AskAsync(ben)).StatusCode.ShouldBe(HttpStatusCode.OK);

        // Thirty a minute are one in two seconds.
        _wall.Pass(refused.Headers.RetryAfter.Delta.Value);
        (await AskAsync(ada)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(ada)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Bad_credentials_from_one_address_are_limited_good_ones_pass_and_the_log_does_not_grow()
    {
        var statuses = new List<int>();
        for (var request = 0; request < 6; request++)
        {
            statuses.Add((int)(await AskAsync("Bearer nonsense", "/v1/keys")).StatusCode);
        }

        statuses.ShouldBe([401, 401, 401, 429, 429, 429]);
        (await AskAsync(await _fleet.KeyAsync(new Grant(Role.Viewer, [])))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _fleet.Store.EntriesAsync(0, 100, CancellationToken.None)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Streams_at_a_time_are_limited_and_a_place_is_free_when_one_ends()
    {
        await _fleet.DeclareAsync();
        var run = (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order())).Location!;
        var viewer = await _fleet.KeyAsync(new Grant(Role.Viewer, []));
        using (var first = await AskAsync(viewer, $"{run}/events", HttpCompletionOption.ResponseHeadersRead))
        {
            first.StatusCode.ShouldBe(HttpStatusCode.OK);
            var second = await AskAsync(viewer, $"{run}?wait=1m");
            second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            (await second.Content.ReadAsStringAsync()).ShouldContain("limits.following");
        }

        // The first one's place is given back when the service notes that its caller has gone; a caller that may ask again asks under a key with requests left.
        var statuses = new List<HttpStatusCode>();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        while (statuses.LastOrDefault() != HttpStatusCode.OK && !limit.IsCancellationRequested && statuses.Count < 25)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, limit.Token);
            statuses.Add((await AskAsync(viewer, $"{run}?wait=1s")).StatusCode);
        }

        statuses[^1].ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> AskAsync(string authorization, string path = "/v1/clusters", HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_fleet.Address, path));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await _fleet.Client.SendAsync(request, completion);
    }
}
