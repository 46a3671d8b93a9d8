using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Contracts.Storage;

/// <summary>What <see cref="IInventoryStore"/> promises.</summary>
public abstract class InventoryStoreContract
{
    protected abstract IInventoryStore Store { get; }

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task A_cluster_is_read_back_as_it_was_put()
    {
        var cluster = Cluster("prod") with
        {
            Kubeconfig = "/etc/kube",
            Context = "admin",
            KubeSystemUid = "uid-1",
            Labels = new Dictionary<string, string> { ["team"] = "core" },
            Document = """{"kind":"Cluster"}""",
        };

        await Store.ApplyAsync([cluster], [], None);

        var stored = (await Store.ClustersAsync(None)).ShouldHaveSingleItem();
        stored.Labels.ShouldBe(cluster.Labels, ignoreOrder: true);
        (stored with { Labels = cluster.Labels }).ShouldBe(cluster);
    }

    [Fact]
    public async Task A_pool_is_read_back_as_it_was_put()
    {
        var pool = Pool("prod", "workers") with
        {
            Groups = ["a", "b"],
            Image = new ImageSource { Owner = "self", Name = "worker-*" },
            Document = """{"kind":"NodePool"}""",
            Labels = new Dictionary<string, string> { ["team"] = "core" },
            Rotation = new RotationPolicy
            {
                MaxSurge = CountOrPercent.Count(3),
                MaxUnavailable = CountOrPercent.Percent(5),
                MinReady = TimeSpan.FromSeconds(1),
                DrainTimeout = TimeSpan.FromHours(1),
                OnDrainTimeout = DrainTimeoutAction.Quarantine,
                DeleteEmptyDirData = false,
                Checkpoints = [new Checkpoint(50, TimeSpan.FromMinutes(5))],
                DrainRules = [new DrainRule { Class = DrainClass.Last, Namespace = "db", MatchLabels = new Dictionary<string, string> { ["app"] = "pg" } }],
                StartupTaints = ["cni/agent"],
            },
        };

        await Store.ApplyAsync([Cluster("prod")], [pool], None);

        var stored = (await Store.PoolsAsync("prod", None)).ShouldHaveSingleItem();
        SpecJson.Write(stored).ShouldBe(SpecJson.Write(pool));
        stored.Rotation.DrainRules[0].MatchLabels["app"].ShouldBe("pg");
        stored.Rotation.OnDrainTimeout.ShouldBe(DrainTimeoutAction.Quarantine);
    }

    [Fact]
    public async Task A_pool_with_defaults_is_read_back_with_defaults()
    {
        await Store.ApplyAsync([Cluster("prod")], [Pool("prod", "workers")], None);

        var stored = (await Store.PoolsAsync(null, None)).ShouldHaveSingleItem();
        stored.Image.ShouldBeNull();
        stored.Rotation.ShouldBe(new RotationPolicy());
    }

    [Fact]
    public async Task Clusters_and_pools_come_in_order_of_names()
    {
        await Store.ApplyAsync([Cluster("b"), Cluster("a")], [Pool("b", "y"), Pool("b", "x"), Pool("a", "z")], None);

        (await Store.ClustersAsync(None)).Select(cluster => cluster.Name).ShouldBe(["a", "b"]);
        (await Store.PoolsAsync(null, None)).Select(pool => $"{pool.Cluster}/{pool.Name}").ShouldBe(["a/z", "b/x", "b/y"]);
        (await Store.PoolsAsync("b", None)).Select(pool => pool.Name).ShouldBe(["x", "y"]);
    }

    [Fact]
    public async Task What_has_the_same_name_is_replaced()
    {
        await Store.ApplyAsync([Cluster("prod")], [Pool("prod", "workers")], None);

        await Store.ApplyAsync([Cluster("prod") with { Region = "us-east-1" }], [Pool("prod", "workers") with { Groups = ["new"] }], None);

        (await Store.ClustersAsync(None)).ShouldHaveSingleItem().Region.ShouldBe("us-east-1");
        (await Store.PoolsAsync("prod", None)).ShouldHaveSingleItem().Groups.ShouldBe(["new"]);
    }

    [Fact]
    public async Task A_pool_of_an_unknown_cluster_is_refused_and_nothing_is_stored()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => Store.ApplyAsync([Cluster("a")], [Pool("a", "x"), Pool("b", "x")], None));

        (await Store.ClustersAsync(None)).ShouldBeEmpty();
        (await Store.PoolsAsync(null, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pinned_uid_stays_and_another_is_refused()
    {
        await Store.ApplyAsync([Cluster("prod")], [], None);
        (await Store.PinAsync("prod", "uid-1", None)).ShouldBe("uid-1");
        (await Store.PinAsync("prod", "uid-2", None)).ShouldBe("uid-1", "the first one stays");

        await Store.ApplyAsync([Cluster("prod") with { Region = "us-east-1" }], [], None);
        await Should.ThrowAsync<InvalidOperationException>(() => Store.ApplyAsync([Cluster("new"), Cluster("prod") with { KubeSystemUid = "uid-2" }], [], None));

        var stored = (await Store.ClustersAsync(None)).ShouldHaveSingleItem();
        (stored.KubeSystemUid, stored.Region).ShouldBe(("uid-1", "us-east-1"));
    }

    [Fact]
    public async Task An_unknown_cluster_is_not_pinned() =>
        await Should.ThrowAsync<InvalidOperationException>(() => Store.PinAsync("prod", "uid-1", None));

    [Fact]
    public async Task A_pool_is_deleted_with_what_was_remembered_of_it()
    {
        await Store.ApplyAsync([Cluster("prod")], [Pool("prod", "workers")], None);
        await Store.PutStatusAsync("prod", "workers", new PoolStatus { LastGood = new Dictionary<string, string> { ["a"] = "lt-1:7" } }, None);

        (await Store.DeletePoolAsync("prod", "workers", None)).ShouldBeTrue();
        (await Store.DeletePoolAsync("prod", "workers", None)).ShouldBeFalse();

        (await Store.PoolsAsync(null, None)).ShouldBeEmpty();
        (await Store.StatusAsync("prod", "workers", None)).LastGood.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cluster_is_deleted_when_it_has_no_pools()
    {
        await Store.ApplyAsync([Cluster("prod")], [Pool("prod", "workers")], None);

        (await Should.ThrowAsync<InvalidOperationException>(() => Store.DeleteClusterAsync("prod", None))).Message.ShouldContain("workers");
        await Store.DeletePoolAsync("prod", "workers", None);
        (await Store.DeleteClusterAsync("prod", None)).ShouldBeTrue();
        (await Store.DeleteClusterAsync("prod", None)).ShouldBeFalse();

        (await Store.ClustersAsync(None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pools_status_is_remembered_and_replaced_and_survives_an_apply()
    {
        await Store.ApplyAsync([Cluster("prod")], [Pool("prod", "workers")], None);
        (await Store.StatusAsync("prod", "workers", None)).LastGood.ShouldBeEmpty();

        await Store.PutStatusAsync("prod", "workers", new PoolStatus { LastGood = new Dictionary<string, string> { ["a"] = "lt-1:7" } }, None);
        await Store.PutStatusAsync("prod", "workers", new PoolStatus { LastGood = new Dictionary<string, string> { ["a"] = "lt-1:8" } }, None);
        await Store.ApplyAsync([], [Pool("prod", "workers")], None);

        (await Store.StatusAsync("prod", "workers", None)).LastGood["a"].ShouldBe("lt-1:8");
        (await Store.StatusAsync("prod", "other", None)).LastGood.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_is_decided_on_what_is_stored_and_stored_at_once()
    {
        await Store.ApplyAsync([Cluster("prod")], [Pool("prod", "workers")], None);

        await Store.ChangeAsync(stored => new() { Clusters = [stored.Clusters.Single() with { Region = "us-east-1" }], Pools = [stored.Pools.Single() with { Name = "batch" }], DeletePool = ("prod", "workers") }, None);

        (await Store.ClustersAsync(None)).Single().Region.ShouldBe("us-east-1");
        (await Store.PoolsAsync(null, None)).Select(pool => pool.Name).ShouldBe(["batch"]);
        await Store.ChangeAsync(_ => new() { DeletePool = ("prod", "batch"), DeleteCluster = "prod" }, None);
        (await Store.ClustersAsync(None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_that_is_refused_changes_nothing()
    {
        await Store.ApplyAsync([Cluster("prod")], [Pool("prod", "workers")], None);

        await Should.ThrowAsync<TimeoutException>(() => Store.ChangeAsync(_ => throw new TimeoutException(), None));
        await Should.ThrowAsync<InvalidOperationException>(() => Store.ChangeAsync(_ => new() { Clusters = [Cluster("new")], DeleteCluster = "prod" }, None));
        await Should.ThrowAsync<InvalidOperationException>(() => Store.ChangeAsync(_ => new() { Clusters = [Cluster("new")], Pools = [Pool("other", "workers")] }, None));

        (await Store.ClustersAsync(None)).Select(cluster => cluster.Name).ShouldBe(["prod"]);
    }

    [Fact]
    public async Task Changes_that_are_made_at_once_see_one_another()
    {
        await Store.ApplyAsync([Cluster("prod")], [], None);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.ChangeAsync(
            stored => new() { Clusters = [stored.Clusters.Single() with { Context = $"{int.Parse(stored.Clusters.Single().Context ?? "0", System.Globalization.CultureInfo.InvariantCulture) + 1}" }] }, None))));

        (await Store.ClustersAsync(None)).Single().Context.ShouldBe("20");
    }

    [Fact]
    public async Task A_schedule_is_read_back_as_it_was_put_replaced_and_deleted()
    {
        var schedule = Schedule("monthly", "prod") with
        {
            Pools = ["workers"],
            OlderThan = TimeSpan.FromDays(14),
            NewImage = false,
            Misfire = MisfirePolicy.RunOnce,
            StartingDeadline = TimeSpan.FromHours(1),
            Suspend = true,
            Document = """{"kind":"Schedule"}""",
            Labels = new Dictionary<string, string> { ["team"] = "core" },
        };

        await Store.ChangeAsync(_ => new() { Clusters = [Cluster("prod")], Pools = [Pool("prod", "workers")], Schedules = [schedule, Schedule("daily", "prod")] }, None);

        var stored = (await Store.SnapshotAsync(None)).Schedules;
        stored.Select(one => one.Name).ShouldBe(["daily", "monthly"]);
        SpecJson.Write(stored[1]).ShouldBe(SpecJson.Write(schedule));
        (stored[0] with { Labels = stored[1].Labels }).ShouldBe(Schedule("daily", "prod") with { Labels = stored[1].Labels });
        await Store.ChangeAsync(_ => new() { Schedules = [Schedule("daily", "prod") with { Cron = "0 3 * * *" }], DeleteSchedule = "monthly" }, None);
        (await Store.SnapshotAsync(None)).Schedules.ShouldHaveSingleItem().Cron.ShouldBe("0 3 * * *");
    }

    [Fact]
    public async Task What_a_schedule_needs_is_not_deleted()
    {
        await Store.ChangeAsync(_ => new() { Clusters = [Cluster("prod")], Pools = [Pool("prod", "workers")], Schedules = [Schedule("daily", "prod") with { Pools = ["workers"] }] }, None);

        (await Should.ThrowAsync<InvalidOperationException>(() => Store.DeletePoolAsync("prod", "workers", None))).Message.ShouldContain("daily");
        await Store.ChangeAsync(_ => new() { Schedules = [Schedule("daily", "prod")] }, None);
        (await Store.DeletePoolAsync("prod", "workers", None)).ShouldBeTrue("a schedule of all pools names none");
        (await Should.ThrowAsync<InvalidOperationException>(() => Store.DeleteClusterAsync("prod", None))).Message.ShouldContain("daily");
        await Should.ThrowAsync<InvalidOperationException>(() => Store.ChangeAsync(_ => new() { Schedules = [Schedule("other", "none")] }, None));
        await Store.ChangeAsync(_ => new() { DeleteSchedule = "daily", DeleteCluster = "prod" }, None);
        (await Store.SnapshotAsync(None)).Clusters.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recipes_are_read_back_and_a_parent_stays_while_others_start_from_it()
    {
        var (worker, spark) = (Recipe("worker"), Recipe("spark") with { Parent = "worker", KubernetesVersion = null, Variables = new Dictionary<string, string> { ["jdk"] = "\"17\"" }, ShareWith = ["210987654321"] });
        await Should.ThrowAsync<InvalidOperationException>(() => Store.ChangeAsync(_ => new() { Recipes = [spark] }, None));
        await Store.ChangeAsync(_ => new() { Recipes = [worker, spark] }, None);

        var stored = (await Store.SnapshotAsync(None)).Recipes;
        stored.Select(SpecJson.Write).ShouldBe([SpecJson.Write(spark), SpecJson.Write(worker)]);
        (await Should.ThrowAsync<InvalidOperationException>(() => Store.ChangeAsync(_ => new() { DeleteRecipe = "worker" }, None))).Message.ShouldContain("is the parent of spark");
        var pool = Pool("site", "workers") with { Image = new ImageSource { Recipe = "spark", Channel = ImageChannel.Candidate } };
        await Store.ChangeAsync(_ => new() { Clusters = [Cluster("site")], Pools = [pool] }, None);
        (await Store.SnapshotAsync(None)).Pools.ShouldHaveSingleItem().Image.ShouldBe(pool.Image);
        (await Should.ThrowAsync<InvalidOperationException>(() => Store.ChangeAsync(_ => new() { DeleteRecipe = "spark" }, None))).Message.ShouldContain("the pools site/workers take their image from recipe spark");
        await Store.ChangeAsync(_ => new() { Pools = [pool with { Image = null }] }, None);
        await Should.ThrowAsync<InvalidOperationException>(() => Store.ChangeAsync(_ => new() { Schedules = [Schedule("weekly", "site") with { Recipe = "none" }] }, None));
        await Store.ChangeAsync(_ => new() { Schedules = [Schedule("weekly", "site") with { Recipe = "spark" }] }, None);
        (await Store.SnapshotAsync(None)).Schedules.ShouldHaveSingleItem().Recipe.ShouldBe("spark");
        (await Should.ThrowAsync<InvalidOperationException>(() => Store.ChangeAsync(_ => new() { DeleteRecipe = "spark" }, None))).Message.ShouldContain("the schedules weekly build recipe spark");
        await Store.ChangeAsync(_ => new() { DeleteSchedule = "weekly" }, None);

        await Store.ChangeAsync(_ => new() { DeleteRecipe = "spark" }, None);
        await Store.ChangeAsync(_ => new() { DeleteRecipe = "worker" }, None);
        (await Store.SnapshotAsync(None)).Recipes.ShouldBeEmpty();
    }

    private static RecipeSpec Recipe(string name) => new() { Name = name, Account = "123456789012", Template = new RecipeTemplate { Folder = name }, KubernetesVersion = "1.33.2", Regions = ["eu-central-1"] };

    private static ScheduleSpec Schedule(string name, string cluster) => new() { Name = name, Cluster = cluster, Cron = "0 2 * * *", TimeZone = "Europe/Berlin" };

    private static ClusterSpec Cluster(string name) => new() { Name = name, Account = "123456789012", Region = "eu-west-1" };

    private static NodePoolSpec Pool(string cluster, string name) => new() { Cluster = cluster, Name = name, Groups = ["asg"] };
}
