namespace Fleet.Storage;

/// <summary>The database cannot be used as it stands: it is not reached, refuses the user, or its schema is newer than this Fleet. Nothing was changed.</summary>
public sealed class DatabaseException(DatabaseUrl database, string why, Exception? inner = null)
    : Exception($"the database {database} cannot be used: {why}", inner)
{
    /// <summary>The database.</summary>
    public DatabaseUrl Database => database;
}
