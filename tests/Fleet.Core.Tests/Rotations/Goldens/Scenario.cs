namespace Fleet.Core.Tests.Rotations.Goldens;

/// <summary>A world with its rotation, and what happens in it.</summary>
internal sealed record Scenario(Func<Stage> Set, Action<Stage> Play);
