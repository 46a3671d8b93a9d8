using Fleet.Core.Inventory;
using Fleet.Core.Schedules;

namespace Fleet.Storage;

/// <content>Declared schedules and their states.</content>
public abstract partial class SqlStore
{
    /// <inheritdoc/>
    public Task<StoredScheduleState> ScheduleStateAsync(string schedule, CancellationToken cancellationToken) => _database.ReadAsync(
        async session => await session.SingleAsync<ScheduleStateRow>("SELECT version AS Version, state AS State FROM schedule_states WHERE schedule = @schedule", new { schedule }).ConfigureAwait(false) is { } row
            ? new StoredScheduleState(row.Version, SpecJson.Read<ScheduleState>(row.State))
            : new StoredScheduleState(0, new ScheduleState()),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> PutScheduleStateAsync(string schedule, long version, ScheduleState state, CancellationToken cancellationToken) => _database.WriteAsync(
        WriteScope.Inventory,
        async session => await session.ExecuteAsync(
            version == 0
                ? "INSERT INTO schedule_states (schedule, version, state) SELECT name, 1, @json FROM schedules WHERE name = @schedule ON CONFLICT (schedule) DO NOTHING"
                : "UPDATE schedule_states SET version = version + 1, state = @json WHERE schedule = @schedule AND version = @version",
            new { schedule, version, json = SpecJson.Write(state) }).ConfigureAwait(false) == 1,
        cancellationToken);

    private static async Task<IReadOnlyList<ScheduleSpec>> SchedulesAsync(SqlSession session) =>
        [.. (await session.QueryAsync<string>("SELECT spec FROM schedules ORDER BY name").ConfigureAwait(false)).Select(SpecJson.Read<ScheduleSpec>)];

    private static Task<int> PutAsync(SqlSession session, ScheduleSpec schedule) => session.ExecuteAsync(
        """
        INSERT INTO schedules (name, cluster, spec) VALUES (@Name, @Cluster, @spec)
        ON CONFLICT (name) DO UPDATE SET cluster = excluded.cluster, spec = excluded.spec
        """,
        new { schedule.Name, schedule.Cluster, spec = SpecJson.Write(schedule) });

    private static async Task<bool> RemoveScheduleAsync(SqlSession session, string name)
    {
        await session.ExecuteAsync("DELETE FROM schedule_states WHERE schedule = @name", new { name }).ConfigureAwait(false);
        return await session.ExecuteAsync("DELETE FROM schedules WHERE name = @name", new { name }).ConfigureAwait(false) == 1;
    }
}
