using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Contracts.Storage;

/// <summary>A pool with a run that has not ended stays declared, and a run begins on a declared pool, whoever comes first.</summary>
public abstract class PoolInUseContract : RunSuite
{
    protected abstract IInventoryStore Inventory { get; }

    [Fact]
    public async Task A_pool_with_a_run_is_deleted_when_that_has_ended()
    {
        await DeclareAsync("workers", "others");
        await Inventory.PutStatusAsync("prod", "workers", new PoolStatus { LastGood = new Dictionary<string, string> { ["a"] = "lt-1:7" } }, None);
        await Store.CreateAsync(Runs.Pending("r-2"), None);
        await Store.CreateAsync(Runs.Pending("r-1"), WhenUnderWay.Queue, None);

        (await Should.ThrowAsync<PoolInUseException>(() => Inventory.DeletePoolAsync("prod", "workers", None))).Run.Id.ShouldBe("r-2", "the one that acts is named, not the one that waits");
        (await Should.ThrowAsync<PoolInUseException>(() => DeleteAsync("workers"))).Message.ShouldBe("run r-2 is under way on prod/workers; wait for it or cancel it first");
        (await Inventory.PoolsAsync("prod", None)).Count.ShouldBe(2);
        (await Inventory.StatusAsync("prod", "workers", None)).LastGood.ShouldHaveSingleItem();

        await DeleteAsync("others");
        await EndAsync("r-1");
        await EndAsync("r-2");
        await DeleteAsync("workers");
        (await Inventory.PoolsAsync("prod", None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_run_begins_on_a_pool_that_was_deleted()
    {
        await DeclareAsync("workers");
        var order = Runs.Pending("r-1") with { Key = "nightly", OrderDigest = "a" };
        await Store.CreateAsync(order, None);
        await EndAsync("r-1");
        await Inventory.DeletePoolAsync("prod", "workers", None);

        var gone = await Should.ThrowAsync<PoolUndeclaredException>(() => Store.CreateAsync(Runs.Pending("r-2"), WhenUnderWay.Supersede, None));

        (gone.Cluster, gone.Pool, gone.Message).ShouldBe(("prod", "workers", "there is no node pool prod/workers any more: it was deleted meanwhile"));
        (await Store.GetAsync("r-2", None)).ShouldBeNull();
        (await Store.CreateAsync(order with { Id = "r-3" }, None)).Id.ShouldBe("r-1", "a repeated order finds its run all the same");
        (await Store.CreateAsync(Runs.Pending("r-4", pool: null), None)).Pool.ShouldBeNull();
    }

    [Fact]
    public async Task Of_a_run_and_a_deletion_at_once_one_is_refused()
    {
        var pools = Enumerable.Range(0, 20).Select(number => $"pool-{number:00}").ToArray();
        await DeclareAsync(pools);

        var both = pools.Select(async (pool, number) =>
        {
            var begins = Task.Run(() => TriedAsync<PoolUndeclaredException>(() => Store.CreateAsync(Runs.Pending($"r-{number:00}", pool: pool), None)));
            var goes = Task.Run(() => TriedAsync<PoolInUseException>(() => number % 2 == 0 ? Inventory.DeletePoolAsync("prod", pool, None) : DeleteAsync(pool)));
            return (Pool: pool, Begun: await begins, Gone: await goes);
        });

        var ended = await Task.WhenAll(both);
        ended.ShouldAllBe(one => one.Begun != one.Gone);
        (await Inventory.PoolsAsync("prod", None)).Select(pool => pool.Name).ShouldBe(ended.Where(one => one.Begun).Select(one => one.Pool));
        (await Store.ListAsync("prod", null, true, None)).Select(run => run.Pool).ShouldBe(ended.Where(one => one.Begun).Select(one => one.Pool), ignoreOrder: true);
    }

    protected Task DeclareAsync(params string[] pools) => Inventory.ApplyAsync(
        [new ClusterSpec { Name = "prod", Account = "123456789012", Region = "eu-west-1" }],
        [.. pools.Select(pool => new NodePoolSpec { Cluster = "prod", Name = pool, Groups = [pool] })],
        None);

    private Task DeleteAsync(string pool) => Inventory.ChangeAsync(_ => new() { DeletePool = ("prod", pool) }, None);

    private static async Task<bool> TriedAsync<TRefused>(Func<Task> act)
        where TRefused : Exception
    {
        try
        {
            await act();
            return true;
        }
        catch (TRefused)
        {
            return false;
        }
    }

    private async Task EndAsync(string id)
    {
        var lease = await AcquireAsync(id, "me", Runs.Noon);
        await Store.CommitAsync(Runs.Commit((await Store.GetAsync(id, None))! with { Phase = RunPhase.Cancelled }, lease.Fencing), None);
    }
}
