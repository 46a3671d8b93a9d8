using Npgsql;

namespace Fleet.Storage.Postgres;

/// <summary>The connection was lost during a commit, and the server cannot say what became of it.</summary>
internal sealed class CommitInDoubtException(NpgsqlException lost) : Exception(PostgresErrors.Sentence(lost), lost);
