using System.Collections.Immutable;
using Fleet.Core.Access;
using Fleet.Hosting.Outgoing;
using Fleet.Tools.Hooks;

namespace Fleet.Hosting.Settings;

/// <summary>What the admin of a server settles in its settings file, out of reach of the API's callers.</summary>
public sealed record ServiceSettings
{
    /// <summary>Kubeconfigs by the names under which clusters may ask for them, with their full paths.</summary>
    public IReadOnlyDictionary<string, string> Kubeconfigs { get; init; } = new Dictionary<string, string>();

    /// <summary>Secrets that documents and settings name.</summary>
    public ISecrets Secrets { get; init; } = NamedSecrets.None;

    /// <summary>Whereto the service may connect at a caller's wish.</summary>
    public OutgoingRules Outgoing { get; init; } = new();

    /// <summary>How long the journals of runs that have ended are kept; null: for ever. At least a day.</summary>
    public TimeSpan? JournalRetention { get; init; }

    /// <summary>How long entries of the audit log are kept; null: for ever. At least a day.</summary>
    public TimeSpan? AuditRetention { get; init; }

    /// <summary>How many requests callers may make.</summary>
    public RequestLimits Limits { get; init; } = new();

    /// <summary>Where the audit log's last hash is told every hour besides the log; null: nowhere.</summary>
    public AuditWebhook? AuditWebhook { get; init; }

    /// <summary>Where the audit log's last hash is put every hour; null: nowhere.</summary>
    public AuditBucket? AuditBucket { get; init; }

    /// <summary>How images are built.</summary>
    public ImageSettings Images { get; init; } = new();

    /// <summary>Commands that write pools' images elsewhere, by the names under which pools may ask for them.</summary>
    public IReadOnlyDictionary<string, HookSettings> Hooks { get; init; } = new Dictionary<string, HookSettings>();

    /// <summary>Who is told of runs.</summary>
    public ImmutableArray<Notification> Notifications { get; init; } = [];
}
