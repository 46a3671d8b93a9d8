namespace Fleet.Core.Inventory;

/// <summary>How new nodes join a cluster: <c>spec.join</c>. Fleet keeps a bootstrap token in a SecureString, which user data of Fleet's reads at boot.</summary>
public sealed record ClusterJoin
{
    /// <summary>The longest that a token lives, and its default.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);

    /// <summary>The shortest that a token lives: it is renewed when half of its life is left, and a boot must end before it does.</summary>
    public static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(20);

    /// <summary>Host and port of the API server, as nodes reach it.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Name of the SecureString in the cluster's account and region. Default <c>/fleet/clusters/NAME/join</c>.</summary>
    public required string Parameter { get; init; }

    /// <summary>The KMS key that encrypts it: id, alias or ARN; null: the account's own <c>alias/aws/ssm</c>.</summary>
    public string? KmsKey { get; init; }

    /// <summary>How long a token lives. Default and limit an hour, at least 20 minutes.</summary>
    public TimeSpan TokenLife { get; init; } = LongestLife;

    /// <summary>The parameter's name where none is declared.</summary>
    public static string ParameterOf(string cluster) => $"/fleet/clusters/{cluster}/join";
}
