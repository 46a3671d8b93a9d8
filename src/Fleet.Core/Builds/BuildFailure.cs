using Fleet.Core.Rotations;

namespace Fleet.Core.Builds;

/// <summary>Why an action of a build failed.</summary>
/// <param name="Message">What was said; never a secret.</param>
/// <param name="Code">The refusal's code, as <see cref="CloudRefusedException"/> has it; null where it was not AWS that refused.</param>
/// <param name="Action">The IAM action that was refused; null for none.</param>
public sealed record BuildFailure(string Message, string? Code = null, string? Action = null)
{
    /// <summary>Whether leave is missing, which a person must give.</summary>
    public bool IsDenied => Code == "denied";

    /// <summary>Whether no waiting cures it: leave is missing, or what was asked for is wrong or not there. Capacity, limits, throttling, credentials that expire and a network that fails come right by themselves, or by others.</summary>
    public bool IsFinal => Code is "denied" or "invalid" or "not-found";

    /// <summary>The failure that an exception tells of.</summary>
    public static BuildFailure Of(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure is CloudRefusedException refused ? new(refused.Message, refused.Code, refused.Action) : new(failure.Message);
    }
}
