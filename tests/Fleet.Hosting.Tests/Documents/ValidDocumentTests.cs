using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Pools;
using Fleet.Hosting.Documents;

namespace Fleet.Hosting.Tests.Documents;

public sealed class ValidDocumentTests
{
    private const string Full = """
        apiVersion: fleet/v1
        kind: NodePool
        metadata:
          name: workers
          labels: {team: core, fleet.example/tier: "1"}
        spec:
          cluster: prod
          groups: [workers-a, "workers b"]
          image: {owner: self, name: "worker-1.31-*"}
          rotation:
            maxSurge: 3
            maxUnavailable: 5%
            minReadySeconds: 10
            joinTimeout: 12m
            admitTimeout: 1h
            drainTimeout: 1h30m
            onDrainTimeout: quarantine
            settleTimeout: 90s
            loadBalancerWait: 0
            noProgressTimeout: 2h
            totalTimeout: 48h
            deleteEmptyDirData: false
            checkpoints: [{atPercent: 10, soak: 10m}, {atPercent: 50, soak: 1h}]
            drainRules:
              - {class: last, namespace: db, matchLabels: {app: postgres}}
              - {class: waitForCompletion, matchLabels: {spark-role: driver}}
            startupTaints: [node.cilium.io/agent-not-ready]
          template:
            userData: worker
            metadata: {httpTokens: required, hopLimit: 2}
            rootVolume: {encrypted: true, kmsKey: alias/workers, sizeGiB: 60, type: gp3}
            instanceProfile: arn:aws:iam::123456789012:instance-profile/nodes/workers
            tags: {team: core, cost centre: "17", empty: ""}
          node:
            labels: {pool: workers, node.kubernetes.io/lifecycle: spot}
            taints: [{key: gpu, value: "yes", effect: NoSchedule}, {key: gpu, effect: NoExecute}]
            kubelet:
              maxPods: 60
              podPidsLimit: 4096
              systemReserved: {cpu: 100m, memory: 256Mi}
              kubeReserved: {cpu: 0.5, ephemeral-storage: 1Gi, pid: 1000}
              evictionHard: {memory.available: 5%, pid.available: 10%}
              shutdownGracePeriod: 90s
              shutdownGracePeriodCriticalPods: 30s
              imageGCHighThresholdPercent: 70
              imageGCLowThresholdPercent: 60
              containerLogMaxSize: 20Mi
              containerLogMaxFiles: 3
          hooks: [spark-values, dashboards]
        """;

    [Fact]
    public void A_cluster_is_read()
    {
        var cluster = Reading.Yaml(Reading.Cluster, []).Clusters.ShouldHaveSingleItem();

        (cluster.Name, cluster.Account, cluster.Region, cluster.Kubeconfig, cluster.KubeSystemUid).ShouldBe(("prod", "123456789012", "eu-west-1", null, null));
    }

    [Fact]
    public void An_account_without_quotes_keeps_its_leading_zero() =>
        Reading.Yaml(Reading.Cluster.Replace("\"123456789012\"", "012345678901"), []).Clusters.ShouldHaveSingleItem().Account.ShouldBe("012345678901");

    [Fact]
    public void A_pool_with_every_field_is_read()
    {
        var read = Reading.Yaml(Full);

        read.Errors.ShouldBeEmpty();
        var pool = read.Pools.ShouldHaveSingleItem();
        pool.Groups.ShouldBe(["workers-a", "workers b"]);
        pool.Image.ShouldBe(new ImageSource { Owner = "self", Name = "worker-1.31-*" });
        pool.Labels.ShouldBe(new Dictionary<string, string> { ["fleet.example/tier"] = "1", ["team"] = "core" }, ignoreOrder: true);
        var rotation = pool.Rotation;
        (rotation.MaxSurge, rotation.MaxUnavailable).ShouldBe((CountOrPercent.Count(3), CountOrPercent.Percent(5)));
        (rotation.MinReady, rotation.JoinTimeout, rotation.AdmitTimeout).ShouldBe((TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(12), TimeSpan.FromHours(1)));
        (rotation.DrainTimeout, rotation.SettleTimeout, rotation.LoadBalancerWait).ShouldBe((TimeSpan.FromMinutes(90), TimeSpan.FromSeconds(90), TimeSpan.Zero));
        (rotation.NoProgressTimeout, rotation.TotalTimeout).ShouldBe((TimeSpan.FromHours(2), TimeSpan.FromHours(48)));
        (rotation.OnDrainTimeout, rotation.DeleteEmptyDirData).ShouldBe((DrainTimeoutAction.Quarantine, false));
        rotation.Checkpoints.ShouldBe([new(10, TimeSpan.FromMinutes(10)), new(50, TimeSpan.FromHours(1))]);
        rotation.DrainRules.Select(rule => (rule.Class, rule.Namespace, rule.MatchLabels.Single().Value)).ShouldBe([(DrainClass.Last, "db", "postgres"), (DrainClass.WaitForCompletion, null, "driver")]);
        pool.Hooks.ShouldBe(["spark-values", "dashboards"]);
        rotation.StartupTaints.ShouldBe(["node.cilium.io/agent-not-ready"]);
    }

    [Fact]
    public void What_a_pool_says_of_its_machines_is_read()
    {
        var pool = Reading.Yaml(Full).Pools.ShouldHaveSingleItem();

        var template = pool.Template.ShouldNotBeNull();
        (template.UserData, template.MetadataHopLimit, template.InstanceProfile).ShouldBe((UserDataTemplate.Worker, 2, "arn:aws:iam::123456789012:instance-profile/nodes/workers"));
        template.RootVolume.ShouldBe(new RootVolumeSpec { KmsKey = "alias/workers", SizeGiB = 60, Type = "gp3" });
        template.Tags.ShouldBe(new Dictionary<string, string> { ["cost centre"] = "17", ["empty"] = "", ["team"] = "core" }, ignoreOrder: true);
        var node = pool.Node.ShouldNotBeNull();
        node.Labels.ShouldBe(new Dictionary<string, string> { ["node.kubernetes.io/lifecycle"] = "spot", ["pool"] = "workers" }, ignoreOrder: true);
        node.Taints.ShouldBe([new("gpu", "yes", NodeTaintEffect.NoSchedule), new("gpu", "", NodeTaintEffect.NoExecute)]);
        (node.Kubelet.MaxPods, node.Kubelet.PodPidsLimit, node.Kubelet.ContainerLogMaxSize, node.Kubelet.ContainerLogMaxFiles).ShouldBe((60, 4096, "20Mi", 3));
        (node.Kubelet.ImageGcHighThresholdPercent, node.Kubelet.ImageGcLowThresholdPercent).ShouldBe((70, 60));
        (node.Kubelet.ShutdownGracePeriod, node.Kubelet.ShutdownGracePeriodCriticalPods).ShouldBe((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(30)));
        node.Kubelet.KubeReserved.ShouldBe(new Dictionary<string, string> { ["cpu"] = "0.5", ["ephemeral-storage"] = "1Gi", ["pid"] = "1000" }, ignoreOrder: true);
    }

    [Fact]
    public void Thresholds_that_are_not_declared_beside_others_keep_Kubernetes_defaults() =>
        Reading.Yaml(Full).Pools.ShouldHaveSingleItem().Node!.Kubelet.EvictionHard.ShouldBe(
            new Dictionary<string, string>
            {
                ["memory.available"] = "5%",
                ["pid.available"] = "10%",
                ["nodefs.available"] = "10%",
                ["imagefs.available"] = "15%",
                ["nodefs.inodesFree"] = "5%",
                ["imagefs.inodesFree"] = "5%",
            },
            ignoreOrder: true);

    [Fact]
    public void A_template_that_says_nothing_still_asks_for_tokens_and_one_hop()
    {
        var pool = Reading.Yaml(Reading.Pool + "  template: {rootVolume: {}}\n").Pools.ShouldHaveSingleItem();

        (pool.Template!.MetadataHopLimit, pool.Template.RootVolume, pool.Template.UserData, pool.Template.InstanceProfile, pool.Node).ShouldBe((1, new RootVolumeSpec(), null, null, null));
        pool.Template.RootVolume!.Encrypted.ShouldBeTrue();
    }

    [Fact]
    public void Without_a_rotation_all_defaults_hold() =>
        Reading.Yaml(Reading.Pool.Replace("  rotation:\n    maxSurge: 2\n", "")).Pools.ShouldHaveSingleItem().Rotation.ShouldBe(new RotationPolicy());

    [Fact]
    public void The_document_is_kept_as_it_was_put_without_the_status()
    {
        var pool = Reading.Yaml(Reading.Pool + "status: {run: x}\n").Pools.ShouldHaveSingleItem();

        pool.Document.ShouldBe("""{"apiVersion":"fleet/v1","kind":"NodePool","metadata":{"name":"workers"},"spec":{"cluster":"prod","groups":["workers-a"],"rotation":{"maxSurge":2}}}""");
    }

    [Theory]
    [InlineData(Full)]
    [InlineData(Reading.Pool)]
    public void The_effective_document_reads_back_to_the_same_spec(string text)
    {
        var pool = Reading.Yaml(text).Pools.ShouldHaveSingleItem();

        var again = Reading.Yaml(YamlText.FromJson(EffectiveDocument.Of(pool).ToJsonString())).Pools.ShouldHaveSingleItem();

        SpecJson.Write(again with { Document = null }).ShouldBe(SpecJson.Write(pool with { Document = null }));
    }

    [Fact]
    public void A_list_as_get_prints_it_is_read()
    {
        var cluster = Reading.Yaml(Reading.Cluster, []).Clusters.ShouldHaveSingleItem();

        Reading.Yaml($$"""{"apiVersion": "fleet/v1", "kind": "List", "items": [{{cluster.Document}}]}""", []).Clusters.ShouldHaveSingleItem().Document.ShouldBe(cluster.Document);
    }

    [Fact]
    public void Changes_name_field_and_values()
    {
        var before = JsonNode.Parse("""{"spec":{"a":1,"b":[1,2],"c":{"d":"x"}}}""");
        var after = JsonNode.Parse("""{"spec":{"b":[1,3],"a":1,"c":{"d":"x","e":true}}}""");

        DocumentChanges.Between(before, after).Select(change => change.ToString()).ShouldBe(["spec.b: [1,2] -> [1,3]", "spec.c.e: (not set) -> true"]);
        DocumentChanges.Between(before, before).ShouldBeEmpty();
    }
}
