using Fleet.Core.Joining;
using Fleet.Core.Rotations;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Ports;

/// <summary>SecureStrings of a simulated account.</summary>
/// <param name="world">The world.</param>
/// <param name="caller">Access key id, for the log and for fault rules.</param>
public sealed class SimulatedJoinParameters(World world, string caller = "fleet") : IJoinParameters
{
    private readonly CloudApi _api = new(world, caller);

    /// <inheritdoc/>
    public Task<string> AccountAsync(CancellationToken cancellationToken) => Answer(() => CloudFailure.Make("sts", "GetCallerIdentity", _api.GetCallerIdentity).Account);

    /// <inheritdoc/>
    public Task<string?> ReadAsync(string name, CancellationToken cancellationToken) => Answer(() =>
    {
        try
        {
            return CloudFailure.Make("ssm", "GetParameter", () => _api.GetParameter(name)).Value;
        }
        catch (CloudRefusedException missing) when (missing.Code == "not-found")
        {
            return null;
        }
    });

    /// <inheritdoc/>
    public Task WriteAsync(string name, string value, string? kmsKey, string description, CancellationToken cancellationToken) =>
        Answer(() => CloudFailure.Make("ssm", "PutParameter", () => _api.PutParameter(name, value, Parameter.Secure, overwrite: true, kmsKey, description)));

    private static Task<T> Answer<T>(Func<T> call)
    {
        try
        {
            return Task.FromResult(call());
        }
        catch (CloudRefusedException refused)
        {
            return Task.FromException<T>(refused);
        }
    }
}
