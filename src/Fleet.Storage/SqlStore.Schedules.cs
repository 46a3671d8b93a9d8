using Fleet.Core.Inventory;

namespace Fleet.Storage;

/// <content>Declared schedules.</content>
public abstract partial class SqlStore
{
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
