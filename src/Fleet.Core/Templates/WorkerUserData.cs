using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Pools;

namespace Fleet.Core.Templates;

/// <summary>User data of workers: a script that joins the cluster with a token that it reads at boot (<c>templates/worker/user-data.sh</c>). It carries no secret and does not expire.</summary>
public static partial class WorkerUserData
{
    /// <summary>The most that user data may have, in bytes before base64 (Amazon EC2, "Run commands when you launch an EC2 instance with user data input").</summary>
    public const int Limit = 16_384;

    private static readonly Lazy<string> Template = new(Load);

    /// <summary>The script with a pool's values in it.</summary>
    /// <param name="cluster">The cluster; it must say how nodes join it.</param>
    /// <param name="pool">The pool.</param>
    /// <exception cref="ArgumentException">The cluster does not say how nodes join it, a value does not have its form, or the script would be too long; it says which.</exception>
    public static string Render(ClusterSpec cluster, NodePoolSpec pool)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(pool);
        var join = cluster.Join ?? throw new ArgumentException($"cluster {cluster.Name} has no spec.join, without which the user data 'worker' knows no join token; declare spec.join.endpoint", nameof(cluster));
        var node = pool.Node ?? new NodeSpec();
        var values = new Dictionary<string, string>
        {
            ["PARAMETER"] = Checked("spec.join.parameter", join.Parameter, Formats.ParameterPath),
            ["LABELS"] = string.Join(',', node.Labels.Select(label =>
                $"{Checked("spec.node.labels", label.Key, Formats.LabelKey)}={Checked($"spec.node.labels.{label.Key}", label.Value, Formats.LabelValue)}")),
            ["TAINTS"] = Taints(node.Taints).ToJsonString(),
            ["KUBELET"] = KubeletConfiguration.Of(node.Kubelet)?.ToJsonString() ?? "",
        };
        var text = Place().Replace(Template.Value, place => Quote(values[place.Groups[1].Value]));
        var length = Encoding.UTF8.GetByteCount(text);
        return length <= Limit ? text
            : throw new ArgumentException($"the user data of pool {pool.Cluster}/{pool.Name} has {length} bytes, of which EC2 takes {Limit}; declare fewer labels, taints or kubelet settings", nameof(pool));
    }

    /// <summary>The parameter from which user data takes its join token; null where it is not Fleet's.</summary>
    /// <param name="userData">User data as text.</param>
    public static string? ParameterOf(string userData)
    {
        ArgumentNullException.ThrowIfNull(userData);
        return Marker().Match(userData) is { Success: true } found ? found.Groups[1].Value : null;
    }

    private static JsonArray Taints(ImmutableArray<NodeTaintSpec> taints) => new([.. taints.Select((taint, index) => new JsonObject
    {
        ["key"] = Checked($"spec.node.taints[{index}].key", taint.Key, Formats.LabelKey),
        ["value"] = Checked($"spec.node.taints[{index}].value", taint.Value, Formats.LabelValue),
        ["effect"] = $"{taint.Effect}",
    })]);

    /// <summary>A word of the shell that stands for the text and for nothing else (bash, "Single Quotes").</summary>
    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string Checked(string field, string value, Format format) =>
        format.Accepts(value) ? value : throw new ArgumentException($"{field} is '{value}'; allowed: {format.Allowed}");

    private static string Load()
    {
        using var resource = typeof(WorkerUserData).Assembly.GetManifestResourceStream("templates/worker/user-data.sh")!;
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("@([A-Z]+)@")]
    private static partial Regex Place();

    [GeneratedRegex("^readonly FLEET_JOIN_PARAMETER='([^']+)'$", RegexOptions.Multiline)]
    private static partial Regex Marker();
}
