using System.Data.Common;
using System.Net;
using System.Security.Cryptography;
using Fleet.Core.Access;
using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Core.Schedules;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Settings;
using Fleet.Service.SignIn;
using Fleet.Service.Watching;

namespace Fleet.Service;

/// <summary>What the service stands on.</summary>
public sealed record ServiceOptions
{
    /// <summary>Where runs are recorded.</summary>
    public required IRunStore Runs { get; init; }

    /// <summary>The declared resources.</summary>
    public required IInventoryStore Inventory { get; init; }

    /// <summary>What is remembered of schedules.</summary>
    public required IScheduleStore Schedules { get; init; }

    /// <summary>Where images are recorded.</summary>
    public required IImageStore Images { get; init; }

    /// <summary>The API keys.</summary>
    public required IKeyStore Keys { get; init; }

    /// <summary>The audit log.</summary>
    public required IAuditStore Audit { get; init; }

    /// <summary>The news of runs that are still to be told.</summary>
    public required INewsStore News { get; init; }

    /// <summary>The database that replicas share, which has Quartz's tables; null where this is the only service. Default null.</summary>
    public DbDataSource? Shared { get; init; }

    /// <summary>Which replicas share the store, so that limits hold for all of them together; null: this one is alone.</summary>
    public IReplicaStore? Replicas { get; init; }

    /// <summary>How clusters are reached, and the clocks.</summary>
    public required ConnectionOptions Connections { get; init; }

    /// <summary>Who drives runs here, unique per process.</summary>
    public required string Owner { get; init; }

    /// <summary>Where the API listens; a loopback address where nobody signs in. Port 0 takes a free one. Default 127.0.0.1:7070.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 7070);

    /// <summary>How callers sign in. Default: not at all, on loopback.</summary>
    public SignInOptions SignIn { get; init; } = new();

    /// <summary>What the admin of the server settles. Default nothing but defaults.</summary>
    public ServiceSettings Settings { get; init; } = new();

    /// <summary>Asks a cluster's API server who it is; null when it does not answer.</summary>
    public Func<ClusterSpec, CancellationToken, Task<string?>> Identify { get; init; } = (_, _) => Task.FromResult<string?>(null);

    /// <summary>How log lines are written on standard error. Default text.</summary>
    public LogFormat Logs { get; init; }

    /// <summary>Where traces and metrics are sent by OTLP; null for nowhere. What else the OpenTelemetry SDK knows, it reads from its own environment variables.</summary>
    public OtlpTarget? Otlp { get; init; }

    /// <summary>Draws secrets. Default the system's own source.</summary>
    public RandomNumberGenerator Secrets { get; init; } = RandomNumberGenerator.Create();

    /// <summary>How often the service looks for runs that nobody drives, and followers for news of a run. Default 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);
}
