using Fleet.Contracts.Storage;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Npgsql;

namespace Fleet.Storage.Tests.Postgres;

public sealed class PostgresPoolInUseTests : PoolInUseContract, IDisposable
{
    private readonly StoreOnPostgres _stage = new();

    protected override IRunStore Store => _stage.Store;

    protected override IInventoryStore Inventory => _stage.Store;

    public void Dispose() => _stage.Dispose();

    protected override void TimeIs(DateTimeOffset now) => _stage.TimeIs(now);

    [Fact]
    public async Task A_run_that_is_created_in_the_midst_of_a_deletion_keeps_its_pool()
    {
        await DeclareAsync("workers");

        var used = await Should.ThrowAsync<PoolInUseException>(() => Inventory.ChangeAsync(
            _ =>
            {
                // On a connection of its own, and as a whole, between the deletion's first look and its write.
                Task.Run(() => Store.CreateAsync(Begun("r-1"), None)).GetAwaiter().GetResult();
                return new() { DeletePool = ("prod", "workers") };
            },
            None));

        used.Run.Id.ShouldBe("r-1");
        (await Inventory.PoolsAsync("prod", None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_run_waits_for_a_deletion_that_is_not_recorded_yet()
    {
        await DeclareAsync("workers");
        using var connection = _stage.Database.Open();
        using var transaction = connection.BeginTransaction();
        using (var command = new NpgsqlCommand("DELETE FROM pools WHERE name = 'workers'", connection))
        {
            await command.ExecuteNonQueryAsync();
        }

        var begins = Task.Run(() => Store.CreateAsync(Begun("r-1"), None));
        while (!begins.IsCompleted && _stage.Database.Scalar<long>("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
        {
            await Task.Yield();
        }

        begins.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync();
        await Should.ThrowAsync<PoolUndeclaredException>(() => begins);
    }

    private static Run Begun(string id) => new() { Id = id, Kind = "rotation", Cluster = "prod", Pool = "workers", Spec = "{}", State = "{}", Created = default, Updated = default };
}
