using Fleet.Core.Runs;

namespace Fleet.Hosting.Runs;

/// <summary>A kind of run as it is driven in this process. A new kind is an implementation and a line in the service's table.</summary>
public interface IRunKind
{
    /// <summary>The kind, as <see cref="Run.Kind"/> has it.</summary>
    string Name { get; }

    /// <summary>Drives a run until it ends, stands, or the token asks to leave; the lease is given back in every case.</summary>
    /// <returns>The run as it stands.</returns>
    /// <exception cref="RunLostException">Somebody else drives it.</exception>
    /// <exception cref="Core.Disruption.ClusterUnreachableException">A cluster cannot be reached at all.</exception>
    /// <exception cref="Core.Rotations.CloudRefusedException">No credentials can be found.</exception>
    Task<Run> DriveAsync(Run run, CancellationToken cancellationToken);
}
