using System.Diagnostics;
using Fleet.Contracts.Storage.Postgres;
using Npgsql;

namespace Fleet.Cli.Tests.Crash;

/// <summary>When a replica on a PostgreSQL database is killed: seen from the database, so that the moment is the same on a slow machine and on a fast one.</summary>
internal sealed class DyingMoment : IDisposable
{
    private const int Key = 4711;

    private readonly NpgsqlConnection _holder;
    private readonly string _who;

    private DyingMoment(PostgresDatabase database, string who) => (_holder, _who) = (database.Open(), who);

    /// <summary>A replica has been given the next look at a schedule, and waits for its time.</summary>
    public static DyingMoment InHand(PostgresDatabase database, string schedule) =>
        new(database, $"SELECT instance_name FROM qrtz_fired_triggers WHERE state = 'ACQUIRED' AND trigger_name = '{schedule}' LIMIT 1");

    /// <summary>A replica wants to write a row: a trigger in the database has it wait for a lock that is held here. The write is on its way and not committed; who is killed now never hears of it.</summary>
    /// <param name="database">The replicas' database.</param>
    /// <param name="table">Whose row it is.</param>
    /// <param name="row">Which it is, as a condition on <c>NEW</c>.</param>
    public static DyingMoment AtWrite(PostgresDatabase database, string table, string row)
    {
        var moment = new DyingMoment(
            database,
            $"SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND classid = 0 AND objid = {Key} AND NOT granted AND datname = current_database() LIMIT 1");
        moment.Scalar($"SELECT pg_advisory_lock({Key})::text");
        database.Execute(
            $"""
            CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock_shared({Key}); RETURN NEW; END';
            CREATE TRIGGER held BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW WHEN ({row}) EXECUTE FUNCTION held()
            """);
        return moment;
    }

    /// <summary>Kills the replica whose moment comes, and says which one it was.</summary>
    /// <param name="replicas">The replicas, by what the database calls them, or by a part of that.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string> KillAsync(IReadOnlyDictionary<string, Process> replicas, CancellationToken cancellationToken)
    {
        string? who;
        while ((who = Scalar(_who)) is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        var (name, process) = replicas.Single(replica => who == replica.Key || who.Contains($"-{replica.Value.Id}-", StringComparison.Ordinal));
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        return name;
    }

    /// <summary>Ends the lock: what waits goes on.</summary>
    public void Dispose() => _holder.Dispose();

    private string? Scalar(string sql)
    {
        using var command = new NpgsqlCommand(sql, _holder);
        return command.ExecuteScalar() as string;
    }
}
