namespace Fleet.Storage;

/// <summary>
/// The database stopped answering and did not come back within the limit. What was recorded before stands; whether the last write is among it may be unknown, and is seen on the next look.
/// </summary>
public sealed class DatabaseUnavailableException(DatabaseUrl database, string why, Exception? inner = null)
    : Exception($"the database {database} does not serve: {why}", inner)
{
    /// <summary>The database.</summary>
    public DatabaseUrl Database => database;
}
