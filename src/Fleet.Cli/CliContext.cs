using System.Security.Cryptography;
using Fleet.Aws;
using Fleet.Core.Inventory;

namespace Fleet.Cli;

/// <summary>What surrounds a command: streams, environment and clock, so that a test can stand in for a shell.</summary>
public sealed record CliContext
{
    /// <summary>The standard input.</summary>
    public required TextReader Input { get; init; }

    /// <summary>The standard output: what was asked for.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>The standard error: errors, questions and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Reads a line that nobody shall see, from a terminal; null where the standard input is none, and its next line is read.</summary>
    public Func<string?>? ReadSecret { get; init; }

    /// <summary>Whether a person can answer questions: input and output are a terminal. Default false.</summary>
    public bool Interactive { get; init; }

    /// <summary>Reads an environment variable; null where it is unset.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Who runs the command, as runs and approvals remember it: <c>local</c> and the name of the operating system's user.</summary>
    public string Person { get; init; } = $"local {System.Environment.UserName}";

    /// <summary>The wall clock.</summary>
    public TimeProvider Wall { get; init; } = TimeProvider.System;

    /// <summary>Ctrl-C and SIGTERM; null where nobody can interrupt.</summary>
    public Interrupts? Interrupts { get; init; }

    /// <summary>Seed of this process's own chance: ids and jitter. Default: drawn, so that two processes differ.</summary>
    public int Seed { get; init; } = RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>The AWS account of a cluster. Default: the cluster's region, the rest by the SDK's own chain.</summary>
    public Func<ClusterSpec, AwsOptions> Account { get; init; } = cluster => new AwsOptions { Region = cluster.Region };

    /// <summary>Asks a cluster's API server for the uid of its namespace kube-system; null when it does not answer. Default: nobody is asked.</summary>
    public Func<ClusterSpec, CancellationToken, Task<string?>> Identify { get; init; } = (_, _) => Task.FromResult<string?>(null);
}
