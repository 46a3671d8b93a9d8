namespace Fleet.Core.Rotations.Preflight;

/// <summary>How long a rotation will take.</summary>
/// <param name="Expected">The likely makespan.</param>
/// <param name="LowerBound">No schedule within the policy is shorter, if nodes boot and drain as assumed.</param>
/// <param name="BindingConstraint">What the bound comes from, in words.</param>
/// <param name="Boot">Assumed time from launch to Ready, measured on the pool's own nodes where that is possible.</param>
public sealed record Forecast(TimeSpan Expected, TimeSpan LowerBound, string BindingConstraint, TimeSpan Boot);
