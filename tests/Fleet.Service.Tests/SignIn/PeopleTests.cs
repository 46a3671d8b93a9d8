using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Service.SignIn;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.SignIn;

/// <summary>Two credentials of one person are one person where a cluster asks for two people, and in doubt they are.</summary>
public abstract class PeopleTests(Engine engine) : IAsyncLifetime, IDisposable
{
    public sealed class OnSqlite() : PeopleTests(Engine.Sqlite);

    public sealed class OnPostgres() : PeopleTests(Engine.Postgres);

    private static readonly Grant[] Both = [new(Role.Operator, []), new(Role.Approver, [])];

    private readonly Signer _signer = new();
    private readonly IssuerPages _pages = new();
    private HttpMessageInvoker _http = null!;
    private ServedFleet _fleet = null!;

    public async Task InitializeAsync()
    {
        _pages.Serve(_signer);
        _http = new HttpMessageInvoker(_pages);
        _fleet = await ServedFleet.StartAsync(engine, signIn: true, tokens: new SignInOptions { Tokens = Signer.Rules, Http = _http });
        var (cluster, pool) = (_fleet.Cluster(), ServedFleet.Pool());
        cluster["spec"]!["approvals"] = new JsonObject { ["twoPeople"] = true };
        pool["spec"]!["approval"] = "beforeStart";
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", cluster)).Status.ShouldBe(201);
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", pool)).Status.ShouldBe(201);
    }

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        _pages.Dispose();
        _signer.Dispose();
    }

    [Theory]
    [InlineData("key https://issuer.example ada", "key https://issuer.example ada", "may be the same person")]
    [InlineData("key https://issuer.example ada", "token ada", "may be the same person")]
    [InlineData("token ada", "key https://issuer.example ada", "may be the same person")]
    [InlineData("token ada", "key Ada", "may be the same person")]
    [InlineData("token ada", "token ada", "was started by https://issuer.example ada")]
    [InlineData("token ada", "key", "nobody knows who")]
    [InlineData("key", "key", "nobody knows whose key that is")]
    [InlineData("key", "token ada", "nobody knows whose key that is")]
    [InlineData("token ada", "token ben", null)]
    [InlineData("token ada", "key ben", null)]
    [InlineData("key ben", "token ada", null)]
    public async Task Who_starts_and_who_approves_are_told_apart_by_person(string starter, string approver, string? because)
    {
        var path = await StoppedAsync(await CredentialAsync(starter));

        var answer = await _fleet.SendAsync(HttpMethod.Post, $"{path}/approve", null, await CredentialAsync(approver));

        answer.Status.ShouldBe(because is null ? 202 : 403, answer.Body);
        if (because is not null)
        {
            answer.Code.ShouldBe("two-people");
            answer.Detail.ShouldContain(because);
        }
    }

    [Fact]
    public async Task A_key_that_is_made_with_a_key_is_its_persons_also_under_another_name_and_after_that_one_was_taken_back()
    {
        var ada = ("Authorization", await _fleet.KeyOfAsync("ada", [.. Both, new Grant(Role.Admin, [])]));
        var first = await MadeAsync(ada, "laptop");
        var path = await StoppedAsync(Bearer(first));
        (await _fleet.SendAsync(HttpMethod.Delete, $"/v1/keys/{(string)first["id"]!}", null, ada)).Status.ShouldBe(204);
        var second = await MadeAsync(ada, "ben's laptop");

        ((string?)second["person"]).ShouldBe("ada");
        var refused = await _fleet.SendAsync(HttpMethod.Post, $"{path}/approve", null, Bearer(second));
        refused.Code.ShouldBe("two-people");
        refused.Detail.ShouldContain($"key ben's laptop ({(string)second["id"]!}) of ada may be the same person");
        (await _fleet.Store.EntriesAsync(0, 100, CancellationToken.None))[^1].Caller.ShouldBe($"key ben's laptop ({(string)second["id"]!}) of ada");
        (await _fleet.SendAsync(HttpMethod.Post, $"{path}/approve", null, ("Authorization", await _fleet.KeyOfAsync("ben", Both)))).Status.ShouldBe(202);
    }

    [Fact]
    public async Task What_a_key_of_nobody_known_started_can_be_approved_when_an_admin_has_said_whose_it_is()
    {
        var key = Bearer((await _fleet.SendAsync(HttpMethod.Post, "/v1/keys", Order("old"))).Json);
        var id = ApiKeys.IdOf(key.Value[7..])!;
        var path = await StoppedAsync(key);
        var ben = await CredentialAsync("token ben");
        ((string?)(await _fleet.GetAsync(path)).Json["person"]).ShouldBeNull();
        (await _fleet.SendAsync(HttpMethod.Post, $"{path}/approve", null, ben)).Detail.ShouldContain("fleet keys assign");

        var assigned = await _fleet.SendAsync(HttpMethod.Post, $"/v1/keys/{id}/assign", new JsonObject { ["person"] = "ada" });
        (assigned.Status, (string?)assigned.Json["person"]).ShouldBe((200, "ada"));
        ((string?)(await _fleet.GetAsync(path)).Json["person"]).ShouldBe("ada");
        (await _fleet.SendAsync(HttpMethod.Post, $"/v1/keys/{id}/assign", new JsonObject { ["person"] = "ben" })).Code.ShouldBe("assigned");
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/keys/000000000000/assign", new JsonObject { ["person"] = "ben" })).Status.ShouldBe(404);
        (await _fleet.SendAsync(HttpMethod.Post, $"/v1/keys/{id}/assign", new JsonObject { ["person"] = " ada" })).Status.ShouldBe(400);

        (await _fleet.SendAsync(HttpMethod.Post, $"{path}/approve", null, key)).Code.ShouldBe("two-people");
        (await _fleet.SendAsync(HttpMethod.Post, $"{path}/approve", null, ben)).Status.ShouldBe(202);
    }

    [Fact]
    public async Task Whoami_says_whom_the_service_takes_for_whom()
    {
        ((string?)(await _fleet.GetAsync("/v1/whoami", await CredentialAsync("key ada"))).Json["person"]).ShouldBe("ada");
        ((string?)(await _fleet.GetAsync("/v1/whoami", await CredentialAsync("token ada"))).Json["person"]).ShouldBe("https://issuer.example ada");
        ((string?)(await _fleet.GetAsync("/v1/whoami", await CredentialAsync("key"))).Json["person"]).ShouldBeNull();
    }

    private static JsonObject Order(string name) => new() { ["name"] = name, ["roles"] = new JsonArray("operator", "approver") };

    private static (string Name, string Value) Bearer(JsonNode made) => ("Authorization", $"Bearer {(string)made["key"]!}");

    private async Task<JsonObject> MadeAsync((string, string) caller, string name)
    {
        var made = await _fleet.SendAsync(HttpMethod.Post, "/v1/keys", Order(name), caller);
        made.Status.ShouldBe(201, made.Body);
        return made.Json;
    }

    /// <summary><c>key</c> of nobody known, <c>key PERSON</c> or <c>token SUBJECT</c>.</summary>
    private async Task<(string Name, string Value)> CredentialAsync(string text)
    {
        var parts = text.Split(' ', 2);
        if (parts[0] == "key")
        {
            return ("Authorization", await _fleet.KeyOfAsync(parts.Length == 1 ? null : parts[1], Both));
        }

        var claims = Signer.Claims();
        claims["sub"] = parts[1];
        claims["exp"] = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        claims["roles"] = new JsonArray("fleet:operator", "fleet:approver");
        return ("Authorization", $"Bearer {_signer.Sign(claims)}");
    }

    private async Task<string> StoppedAsync((string, string) caller)
    {
        var run = await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=2m", ServedFleet.Order(), caller);
        ((string?)run.Json["phase"]).ShouldBe("stopped", run.Body);
        return $"/v1/runs/{run.Json["id"]}";
    }
}
