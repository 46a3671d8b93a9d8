using System.Collections.Immutable;
using System.Text.Json;
using Fleet.Core.Runs;

namespace Fleet.Storage;

/// <summary>A row of the table <c>runs</c>, as Dapper fills it.</summary>
internal sealed class RunRow
{
    public const string StoredColumns = "id, kind, cluster, pool, parent, idempotency_key, order_digest, turn, spec, state, phase, reasons, request, version, created, updated, origin, started_by, person";

    public const string ColumnList = "id, kind, cluster, pool, parent, idempotency_key AS Key, order_digest AS OrderDigest, turn AS Turn, spec, state, phase, reasons, request, version, created, updated, origin, started_by AS StartedBy, person AS Person";

    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string Cluster { get; init; }

    public string? Pool { get; init; }

    public string? Parent { get; init; }

    public string? Key { get; init; }

    public string? OrderDigest { get; init; }

    public string? StartedBy { get; init; }

    public string? Person { get; init; }

    public long Turn { get; init; }

    public required string Spec { get; init; }

    public required string State { get; init; }

    public required string Phase { get; init; }

    public required string Reasons { get; init; }

    public required string Request { get; init; }

    public long Version { get; init; }

    public required string Created { get; init; }

    public required string Updated { get; init; }

    public string? Origin { get; init; }

    public static RunRow Of(Run run) => new()
    {
        Id = run.Id,
        Kind = run.Kind,
        Cluster = run.Cluster,
        Pool = run.Pool,
        Parent = run.Parent,
        Key = run.Key,
        OrderDigest = run.OrderDigest,
        StartedBy = run.StartedBy,
        Person = run.Person,
        Turn = run.Turn,
        Spec = run.Spec,
        State = run.State,
        Phase = Columns.Name(run.Phase),
        Reasons = JsonSerializer.Serialize(run.Reasons),
        Request = Columns.Name(run.Request),
        Version = run.Version,
        Created = Columns.Instant(run.Created),
        Updated = Columns.Instant(run.Updated),
        Origin = run.Origin,
    };

    public Run ToRun() => new()
    {
        Id = Id,
        Kind = Kind,
        Cluster = Cluster,
        Pool = Pool,
        Parent = Parent,
        Key = Key,
        OrderDigest = OrderDigest,
        StartedBy = StartedBy,
        Person = Person,
        Turn = Turn,
        Spec = Spec,
        State = State,
        Phase = Columns.Value<RunPhase>(Phase),
        Reasons = JsonSerializer.Deserialize<ImmutableArray<Reason>>(Reasons),
        Request = Columns.Value<RunRequest>(Request),
        Version = Version,
        Created = Columns.Instant(Created),
        Updated = Columns.Instant(Updated),
        Origin = Origin,
    };
}
