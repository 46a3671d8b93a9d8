using Npgsql;

namespace Fleet.Storage.Postgres;

/// <summary>How a transaction ended.</summary>
/// <param name="Result">What it returns if it was committed.</param>
/// <param name="Mark">By what the server knows it.</param>
/// <param name="Lost">What happened to the answer to its commit; null where it came.</param>
internal sealed record TransactionEnd<T>(T Result, TransactionMark Mark, NpgsqlException? Lost);
