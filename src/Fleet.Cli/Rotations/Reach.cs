using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Time;

namespace Fleet.Cli.Rotations;

/// <summary>How a command reaches a cluster: clock, account and API server, from its surroundings.</summary>
internal static class Reach
{
    /// <summary>Policy time: the wall clock, or the one that FLEET_CLOCK names.</summary>
    /// <exception cref="RefusedException">That clock does not answer.</exception>
    public static async Task<TimeProvider> PolicyAsync(CliContext context, CancellationToken cancellationToken)
    {
        if (context.Environment("FLEET_CLOCK") is not { Length: > 0 } named)
        {
            return context.Wall;
        }

        if (!Uri.TryCreate(named, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw RefusedException.Because("invalid-value", "FLEET_CLOCK", named, "an http or https URL", $"FLEET_CLOCK is '{named}'; allowed: an http or https URL");
        }

        try
        {
            return await PolicyClock.FollowAsync(url, context.Wall, cancellationToken).ConfigureAwait(false);
        }
        catch (PolicyClockException silent)
        {
            throw RefusedException.Because("clock-unreachable", "FLEET_CLOCK", named, null, $"{silent.Message}; unset FLEET_CLOCK to go by the wall clock");
        }
    }

    /// <summary>Prepares the connections to a cluster.</summary>
    /// <exception cref="RefusedException">Kubeconfig or credentials will not do.</exception>
    public static ClusterConnection Open(ClusterSpec cluster, ConnectionOptions options)
    {
        try
        {
            return ClusterConnection.Open(cluster, options);
        }
        catch (ClusterUnreachableException unusable)
        {
            throw RefusedException.Because($"cluster-{unusable.Code}", $"cluster {cluster.Name}", cluster.Kubeconfig, null, unusable.Message);
        }
        catch (CloudRefusedException unusable)
        {
            throw RefusedException.Because($"aws-{unusable.Code}", $"cluster {cluster.Name}", null, null, unusable.Message);
        }
    }
}
