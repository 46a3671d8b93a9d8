using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Core.Inventory;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests;

/// <summary>Through the API a cluster leads nowhere but where an admin of the server pointed a name.</summary>
public abstract class KubeconfigNameTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : KubeconfigNameTests(Engine.Sqlite);

    public sealed class OnPostgres() : KubeconfigNameTests(Engine.Postgres);

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync() => _fleet = await ServedFleet.StartAsync(engine, speed: 1, signIn: true);

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Theory]
    [InlineData("/etc/shadow", "no path")]
    [InlineData("../secrets/kubeconfig", "no path")]
    [InlineData("https://attacker.example/kubeconfig", "no path")]
    [InlineData("sites", "did you mean site?")]
    public async Task A_path_or_an_unknown_name_is_refused_with_the_names_there_are(string kubeconfig, string why)
    {
        var document = _fleet.Cluster();
        (document["spec"]!["kubeconfig"], document["spec"]!["acount"]) = (kubeconfig, "1");

        var refused = await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", document);

        (refused.Status, refused.Code).ShouldBe((400, "invalid"));
        refused.Fields.ShouldBe(["spec.acount", "spec.kubeconfig"], ignoreOrder: true);
        var error = refused.Json["errors"]!.AsArray().Single(one => (string)one!["code"]! == "unknown-kubeconfig")!;
        ((string)error["message"]!).ShouldContain(why);
        ((string)error["allowed"]!).ShouldContain("site");
        (await _fleet.GetAsync("/v1/clusters/site")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_kubeconfig_in_the_document_itself_is_refused()
    {
        var document = _fleet.Cluster();
        document["spec"]!["kubeconfig"] = new JsonObject { ["users"] = new JsonArray(new JsonObject { ["user"] = new JsonObject { ["exec"] = new JsonObject { ["command"] = "id" } } }) };
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", document)).Fields.ShouldBe(["spec.kubeconfig"]);
    }

    [Fact]
    public async Task A_path_that_was_declared_at_the_server_itself_stays_when_the_rest_is_put()
    {
        var stored = new ClusterSpec { Name = "site", Account = _fleet.Sandbox.World.Cloud.Account, Region = _fleet.Sandbox.World.Cloud.Region, Kubeconfig = _fleet.Sandbox.KubeconfigPath };
        await _fleet.Store.ApplyAsync([stored], [], CancellationToken.None);
        var document = (await _fleet.GetAsync("/v1/clusters/site")).Json;
        document["metadata"]!["labels"] = new JsonObject { ["team"] = "web" };
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", document)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Who_may_act_in_one_cluster_alone_does_not_have_its_name_lead_elsewhere()
    {
        await _fleet.DeclareAsync();
        var admin = ("Authorization", await _fleet.KeyAsync(new Grant(Role.Admin, ["site", "more"])));
        var document = _fleet.Cluster();
        document["metadata"]!["labels"] = new JsonObject { ["team"] = "web" };
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", document, admin)).Status.ShouldBe(200);

        document["spec"]!["kubeconfig"] = "nowhere";
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", document, admin)).Code.ShouldBe("forbidden");
        document["metadata"]!["name"] = "more";
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/more", document, admin)).Code.ShouldBe("forbidden");
        ((string?)(await _fleet.GetAsync("/v1/clusters/site")).Json["spec"]!["kubeconfig"]).ShouldBe("site");
    }

    [Fact]
    public async Task A_run_of_a_cluster_whose_kubeconfig_the_server_no_longer_knows_says_so()
    {
        await _fleet.DeclareAsync();
        _fleet.Kubeconfigs.Remove("site");
        var refused = await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order());
        (refused.Status, refused.Code).ShouldBe((422, "cluster-unknown-kubeconfig"));
        refused.Detail.ShouldContain("under kubeconfigs");
    }
}
