namespace Fleet.Core.Images.Proof;

/// <summary>Runs scripts on instances through their agents. Sending has no idempotency token anywhere: whoever sends looks first, by the remark.</summary>
public interface IInstanceScripts
{
    /// <summary>Whether the instance's agent can be reached.</summary>
    Task<bool> ReachableAsync(string instance, CancellationToken cancellationToken);

    /// <summary>The newest command on an instance that bears a remark; null where none is found, which right after sending means little.</summary>
    Task<string?> FindAsync(string instance, string remark, CancellationToken cancellationToken);

    /// <summary>Sends a script.</summary>
    /// <returns>Id of the command.</returns>
    Task<string> SendAsync(InstanceScript script, CancellationToken cancellationToken);

    /// <summary>What has become of a command; null while it cannot be found, as is normal right after sending.</summary>
    Task<ScriptResult?> ReadAsync(string instance, string command, CancellationToken cancellationToken);

    /// <summary>Asks a command to end; one that has ended stays as it is.</summary>
    Task CancelAsync(string command, CancellationToken cancellationToken);
}
