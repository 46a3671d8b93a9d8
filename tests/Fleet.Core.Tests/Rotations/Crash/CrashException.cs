namespace Fleet.Core.Tests.Rotations.Crash;

/// <summary>The process dies here. Nothing in Fleet knows this type, so nothing can catch it by kind.</summary>
public sealed class CrashException(string where) : Exception($"the process dies {where}");
