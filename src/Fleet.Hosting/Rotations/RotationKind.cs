using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Runs;

namespace Fleet.Hosting.Rotations;

/// <summary>Rotations, each with a share of its cluster's connection.</summary>
/// <param name="host">Drives them.</param>
/// <param name="connections">Connections to clusters.</param>
public sealed class RotationKind(RotationHost host, ConnectionPool connections) : IRunKind
{
    /// <inheritdoc/>
    public string Name => RotationSpec.Kind;

    /// <inheritdoc/>
    public async Task<Run> DriveAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var rented = connections.Rent(RotationJson.Read<RotationSpec>(run.Spec).Cluster);
        await using (rented.ConfigureAwait(false))
        {
            return await host.DriveAsync(run.Id, rented.Connection, cancellationToken).ConfigureAwait(false);
        }
    }
}
