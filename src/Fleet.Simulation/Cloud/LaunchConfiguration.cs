namespace Fleet.Simulation.Cloud;

/// <summary>What groups without a launch template launch from. Shown, not acted on.</summary>
/// <param name="Name">Name.</param>
/// <param name="ImageId">Image.</param>
public sealed record LaunchConfiguration(string Name, string ImageId);
