using System.Security.Cryptography;
using System.Text;
using Fleet.Core.Disruption;
using k8s;
using k8s.Models;

namespace Fleet.Kubernetes;

/// <summary>Events over the wire (Event, core/v1). Its name comes from the id, so that the same one is made once, however often it is tried.</summary>
internal sealed class KubernetesNodeEvents(KubernetesCalls calls) : INodeEvents
{
    private const int Longest = 1024;
    private const int Conflict = 409;

    /// <summary>Where Events of objects without a namespace are.</summary>
    private const string Place = "default";

    /// <inheritdoc/>
    public async Task LeaveAsync(string id, string? node, string reason, string message, bool warning, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var regarded = new V1ObjectReference { ApiVersion = "v1", Kind = node is null ? "Namespace" : "Node", Name = node ?? "kube-system", Uid = node ?? "" };
        var body = new Corev1Event
        {
            ApiVersion = "v1",
            Kind = "Event",
            Metadata = new V1ObjectMeta { Name = $"fleet.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id} {node}")))[..24]}", NamespaceProperty = Place },

            // kubectl describe node asks for Events whose uid is the node's name, as the kubelet writes them.
            InvolvedObject = regarded,
            Reason = reason,
            Message = message.Length > Longest ? $"{message.AsSpan(0, Longest - 1)}…" : message,
            Type = warning ? "Warning" : "Normal",
            Source = new V1EventSource { Component = "fleet" },
            FirstTimestamp = at.UtcDateTime,
            LastTimestamp = at.UtcDateTime,
            Count = 1,
            ReportingComponent = "fleet",
            ReportingInstance = "fleet",
        };
        await calls.MakeAsync(
            "create event", () => calls.Client.CoreV1.CreateNamespacedEventAsync(body: body, namespaceParameter: Place, cancellationToken: cancellationToken), [Conflict], cancellationToken).ConfigureAwait(false);
    }
}
