namespace Fleet.Cli.Tests;

/// <summary>What a command line left behind.</summary>
internal sealed record Ran(int ExitCode, string Output, string Error);
