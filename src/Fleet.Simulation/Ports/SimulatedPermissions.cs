using Fleet.Core.Disruption;
using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Ports;

/// <summary>What a caller may do in a simulated cluster: everything that no rule of the world denies.</summary>
/// <param name="world">The world.</param>
/// <param name="caller">Kubernetes user, for the fault rules.</param>
public sealed class SimulatedPermissions(World world, string caller = "fleet") : IPermissions
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ClusterPermission>> MissingAsync(IReadOnlyList<ClusterPermission> needed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (world.Gate)
        {
            return Task.FromResult<IReadOnlyList<ClusterPermission>>(
                [.. needed.Where(permission => world.Faults.Denies(new WorldCall(Api.Kubernetes, caller, $"{permission.Verb} {permission.QualifiedResource}", permission.Namespace ?? "", Writes: false)))]);
        }
    }
}
