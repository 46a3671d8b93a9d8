using System.Data.Common;
using Fleet.Core.Access;
using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Core.Schedules;

namespace Fleet.Storage;

/// <summary>Inventory, runs, API keys and the audit log in a relational database. The statements are the same for every database; what differs is behind <see cref="ISqlDatabase"/>.</summary>
public abstract partial class SqlStore : IRunStore, IInventoryStore, IKeyStore, IAuditStore, IScheduleStore, IImageStore, INewsStore, IReplicaStore, IDisposable
{
    private readonly ISqlDatabase _database;
    private readonly TimeProvider _wall;

    private protected SqlStore(ISqlDatabase database, TimeProvider wall) => (_database, _wall) = (database, wall);

    /// <summary>Where it is, as messages name it, e.g. <c>state file /home/me/fleet.db</c>; never with a password.</summary>
    public abstract string Place { get; }

    /// <summary>Connections for what replicas coordinate beside Fleet's own records, few and with a pool of their own; null where the store has room for one service only. They go with the store.</summary>
    public DbDataSource? Shared => _database.Shared;

    /// <summary>Makes this process the service that works on the store, until the result is disposed of.</summary>
    /// <exception cref="StateFileException">The store has room for one service, and another one runs.</exception>
    public abstract IDisposable HoldForService();

    /// <summary>Closes the pooled connections.</summary>
    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }
}
