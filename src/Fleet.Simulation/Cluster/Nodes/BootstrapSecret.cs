using System.Globalization;
using System.Text;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Nodes;

/// <summary>How a bootstrap token stands in the cluster (Kubernetes, "Authenticating with Bootstrap Tokens").</summary>
internal static class BootstrapSecret
{
    /// <summary>Its resource.</summary>
    public const string Resource = "secrets";

    /// <summary>Type of such Secrets.</summary>
    public const string Type = "bootstrap.kubernetes.io/token";

    /// <summary>Whether it is of that type.</summary>
    public static bool Counts(WorldObject secret) => (string?)secret.Unmodelled?["type"] == Type;

    /// <summary>Where the token of a public half is.</summary>
    public static ObjectKey KeyOf(string id) => new("kube-system", $"bootstrap-token-{id}");

    /// <summary>A field of its data; empty where it has none.</summary>
    public static string Text(WorldObject secret, string field) => secret.Unmodelled?["data"]?[field] is { } value ? Encoding.UTF8.GetString(Convert.FromBase64String(value.GetValue<string>())) : "";

    /// <summary>When it ends; never where it does not say.</summary>
    public static DateTimeOffset Ends(WorldObject secret) =>
        DateTimeOffset.TryParse(Text(secret, "expiration"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.MaxValue;
}
