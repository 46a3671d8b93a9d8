using Fleet.Sandbox.Aws.Iam;
using Fleet.Sandbox.Kubernetes;
using Fleet.Simulation;

namespace Fleet.Sandbox.Host;

/// <summary>What the sandbox serves, and how.</summary>
public sealed record SandboxOptions
{
    /// <summary>The world that is served.</summary>
    public required World World { get; init; }

    /// <summary>World seconds per wall second; above 0. Default: 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Port of the AWS endpoint and the clock on 127.0.0.1; 0 takes a free one (default).</summary>
    public int AwsPort { get; init; }

    /// <summary>Port of the API server on 127.0.0.1; 0 takes a free one (default).</summary>
    public int KubernetesPort { get; init; }

    /// <summary>Where kubeconfig and CA are written; a new folder under the temporary one when null. A folder that the sandbox made goes with it.</summary>
    public string? StateFolder { get; init; }

    /// <summary>File to which every call is written, one JSON object a line; null writes none.</summary>
    public string? LogFile { get; init; }

    /// <summary>Kubernetes users by bearer token; the first is the one of the kubeconfig. By default user <c>fleet</c> with a token drawn at start.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>Roles of the account that may be assumed; what their sessions call is held to their policies. Default none.</summary>
    public IReadOnlyList<IamRole> Roles { get; init; } = [];

    /// <summary>The wall clock. Default: the system's.</summary>
    public TimeProvider Wall { get; init; } = TimeProvider.System;

    /// <summary>How long the API server's certificate is good for from now on; negative for one that has ended already, as on a cluster that nobody renewed. Default: 30 days.</summary>
    public TimeSpan CertificateLife { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Details of the API server.</summary>
    public ApiServerOptions ApiServer { get; init; } = new();
}
