using System.Data.Common;

namespace Fleet.Storage;

/// <summary>How a database is brought to the newest schema.</summary>
internal interface ISqlDialect
{
    /// <summary>Counts the tables named <c>schema_migrations</c>.</summary>
    string CountMigrationTables { get; }

    /// <summary>A migration's text as this database wants it.</summary>
    string Translate(string migration);

    /// <summary>Begins a transaction that keeps every other process from migrating.</summary>
    DbTransaction Begin(DbConnection connection);

    /// <summary>The schema is newer than this Fleet knows.</summary>
    Exception TooNew(long found, long known);
}
