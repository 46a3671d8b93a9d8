namespace Fleet.Storage;

/// <summary>The scopes within which writers wait for one another. A transaction takes exactly one, so that no two wait for each other.</summary>
internal static class WriteScope
{
    /// <summary>Declared clusters and pools, and what is remembered of pools.</summary>
    public const string Inventory = "inventory";

    /// <summary>The making of runs: a pool has one at a time and a queue, a key belongs to one.</summary>
    public const string NewRun = "new-run";

    /// <summary>API keys.</summary>
    public const string Keys = "keys";

    /// <summary>The end of the audit log.</summary>
    public const string Audit = "audit";

    /// <summary>Who was told of runs.</summary>
    public const string News = "news";

    /// <summary>Records of images.</summary>
    public const string Images = "images";

    /// <summary>Which replicas live.</summary>
    public const string Replicas = "replicas";

    /// <summary>The numbered migrations.</summary>
    public const string Schema = "schema";

    /// <summary>A run with its journal, ledger and lease.</summary>
    public static string Run(string runId) => $"run/{runId}";
}
