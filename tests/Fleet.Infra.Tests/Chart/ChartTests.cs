using System.Text.Json.Nodes;
using Fleet.Contracts;
using Fleet.Core.Disruption;
using Fleet.Core.Joining;

namespace Fleet.Infra.Tests.Chart;

public sealed class ChartTests
{
    [Fact]
    public Task Helm_finds_nothing_to_say() => FleetChart.LintAsync();

    [Theory]
    [InlineData("image.repository")]
    [InlineData("database.existingSecret")]
    [InlineData("replicas", "replicas=0")]
    [InlineData("image.digest", "image.digest=latest")]
    [InlineData("signIn", "signIn.apiKeys=false")]
    [InlineData("colour", "colour=red")]
    public async Task Values_that_cannot_work_are_named(string field, params string[] settings)
    {
        var required = new[] { "image.repository=example/fleet", "database.existingSecret=db" }.Where(setting => !setting.StartsWith(field, StringComparison.Ordinal));

        (await FleetChart.RefusalAsync([.. required, .. settings])).ShouldContain(field);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_roles_allow_what_a_rotation_asks_for_and_nothing_else(bool force)
    {
        await using var site = await ChartSite.ApplyAsync($"rbac.force={force}".ToLowerInvariant());

        var allowed = Rules(await site.GetAsync("clusterrole", "fleet"), null).Concat(Rules(await site.GetAsync("role", "fleet", "kube-system"), "kube-system"));

        IEnumerable<ClusterPermission> needed = force ? [.. ClusterPermissions.OfRotation, ClusterPermissions.OfForce] : ClusterPermissions.OfRotation;
        allowed.Select(permission => $"{permission}").Order().ShouldBe(needed.Select(permission => $"{permission}").Order());
    }

    [Fact]
    public async Task Join_tokens_open_Secrets_of_Fleet_s_own_names_alone()
    {
        await using var site = await ChartSite.ApplyAsync("rbac.joinTokens=true");

        var rules = (await site.GetAsync("role", "fleet", "kube-system"))["rules"]!.AsArray().Where(rule => rule!["resources"]!.ToJsonString().Contains("secrets", StringComparison.Ordinal)).ToList();
        rules.Select(rule => rule!["verbs"]!.ToJsonString()).ShouldBe(["""["create"]""", """["get","delete"]"""]);
        rules[1]!["resourceNames"]!.AsArray().Select(name => (string?)name).ShouldBe(BootstrapToken.Ids.Select(id => $"bootstrap-token-{id}"));
        (await site.GetAsync("role", "fleet", "kube-public"))["rules"]!.AsArray().ShouldHaveSingleItem()!.ToJsonString()
            .ShouldBe("""{"apiGroups":[""],"resourceNames":["cluster-info"],"resources":["configmaps"],"verbs":["get"]}""");
        (await site.GetAsync("rolebinding", "fleet", "kube-public"))["subjects"]!.AsArray().ShouldHaveSingleItem()!.ToJsonString().ShouldBe("""{"kind":"ServiceAccount","name":"fleet","namespace":"fleet"}""");
    }

    [Fact]
    public async Task The_roles_are_bound_to_the_pods_account_alone()
    {
        await using var site = await ChartSite.ApplyAsync();

        foreach (var binding in new[] { await site.GetAsync("clusterrolebinding", "fleet"), await site.GetAsync("rolebinding", "fleet", "kube-system") })
        {
            ((string?)binding["roleRef"]!["name"]).ShouldBe("fleet");
            binding["subjects"]!.AsArray().ShouldHaveSingleItem()!.ToJsonString().ShouldBe("""{"kind":"ServiceAccount","name":"fleet","namespace":"fleet"}""");
        }

        ((string?)(await site.GetAsync("deployment", "fleet"))["spec"]!["template"]!["spec"]!["serviceAccountName"]).ShouldBe("fleet");
    }

    [Fact]
    public async Task Its_replicas_come_up_under_a_budget_that_lets_one_go()
    {
        await using var site = await ChartSite.ApplyAsync();

        VirtualTime.Until(site.World, world => world.Cluster.Budgets.Objects.Any(one => one.Meta.Namespace == FleetChart.Namespace && one.DisruptionsAllowed > 0));

        var budget = await site.GetAsync("pdb", "fleet");
        ((int?)budget["status"]!["disruptionsAllowed"]).ShouldBe(1);
        ((int?)budget["status"]!["currentHealthy"]).ShouldBe(2);
    }

    [Fact]
    public async Task A_container_runs_as_nobody_on_a_root_that_it_cannot_write_and_its_secrets_are_references()
    {
        await using var site = await ChartSite.ApplyAsync("settings.outgoing.allow={10.0.0.0/8}", "mountedSecrets.hooks=fleet-hooks");

        var pod = (await site.GetAsync("deployment", "fleet"))["spec"]!["template"]!["spec"]!;
        var container = pod["containers"]!.AsArray().ShouldHaveSingleItem()!;

        ((bool?)pod["securityContext"]!["runAsNonRoot"]).ShouldBe(true);
        ((string?)pod["securityContext"]!["seccompProfile"]!["type"]).ShouldBe("RuntimeDefault");
        container["securityContext"]!.ToJsonString().ShouldBe("""{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"readOnlyRootFilesystem":true}""");
        var database = container["env"]!.AsArray().Single(variable => (string?)variable!["name"] == "FLEET_DATABASE")!;
        database["value"].ShouldBeNull();
        ((string?)database["valueFrom"]!["secretKeyRef"]!["name"]).ShouldBe("fleet-database");
        ((string?)(await site.GetAsync("configmap", "fleet"))["data"]!["settings.yaml"]).ShouldBe("apiVersion: fleet/v1\nkind: Service\noutgoing:\n  allow:\n  - 10.0.0.0/8\n");
    }

    private static IEnumerable<ClusterPermission> Rules(JsonNode role, string? space) =>
        from rule in role["rules"]!.AsArray()
        from @group in rule!["apiGroups"]!.AsArray()
        from resource in rule["resources"]!.AsArray()
        from verb in rule["verbs"]!.AsArray()
        let parts = ((string)resource!).Split('/')
        select new ClusterPermission((string)verb!, (string)@group!, parts[0], parts.ElementAtOrDefault(1), space);
}
