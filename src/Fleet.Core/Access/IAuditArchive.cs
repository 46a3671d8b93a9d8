namespace Fleet.Core.Access;

/// <summary>A place outside of the database for the audit log's heads: what was put there is never overwritten.</summary>
public interface IAuditArchive : IDisposable
{
    /// <summary>Where it is, for the log.</summary>
    string Place { get; }

    /// <summary>Puts a document under a name.</summary>
    /// <param name="name">The name, of the characters that an object key may have without harm.</param>
    /// <param name="json">The document.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>False where there is one of that name: it stays as it is.</returns>
    /// <exception cref="AuditArchiveException">It was not put.</exception>
    Task<bool> PutAsync(string name, string json, CancellationToken cancellationToken);
}
