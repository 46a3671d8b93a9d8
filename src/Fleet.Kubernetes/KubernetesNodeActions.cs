using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Core.Disruption;
using Fleet.Kubernetes.Watching;
using k8s;
using k8s.Models;

namespace Fleet.Kubernetes;

/// <summary>Changes on nodes over the wire. Every patch carries the node's uid, which the server compares; each write is remembered, so that the watched view catches up with it.</summary>
internal sealed class KubernetesNodeActions(KubernetesCalls calls, OwnWrites writes) : INodeActions
{
    private const string FieldManager = "fleet";
    private const int ConflictAttempts = 8;
    private const int MostEvents = 200;
    private static readonly int[] Gone = [404];
    private static readonly int[] GoneOrOther = [404, 409, 422];

    /// <inheritdoc/>
    public Task SetUnschedulableAsync(string node, string uid, bool unschedulable, CancellationToken cancellationToken) =>
        MergeAsync($"{(unschedulable ? "cordon" : "uncordon")} node {node}", node, uid, new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = uid },
            ["spec"] = new JsonObject { ["unschedulable"] = unschedulable ? true : null },
        }, cancellationToken);

    /// <inheritdoc/>
    public Task SetMetadataAsync(string node, string uid, IReadOnlyDictionary<string, string?> labels, IReadOnlyDictionary<string, string?> annotations, CancellationToken cancellationToken)
    {
        var metadata = new JsonObject { ["uid"] = uid };
        Add(metadata, "labels", labels);
        Add(metadata, "annotations", annotations);
        return MergeAsync($"label node {node}", node, uid, new JsonObject { ["metadata"] = metadata }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task SetTaintAsync(string node, string uid, NodeTaint taint, bool present, CancellationToken cancellationToken)
    {
        var attempted = $"{(present ? "taint" : "untaint")} node {node}";
        for (var attempt = 1; ; attempt++)
        {
            var known = await ReadAsync(attempted, node, cancellationToken).ConfigureAwait(false);
            if (known?.Metadata.Uid != uid)
            {
                return;
            }

            var taints = known.Spec?.Taints ?? [];
            var others = taints.Where(other => other.Key != taint.Key || other.Effect != taint.Effect).ToList();
            var already = present
                ? taints.Any(other => other.Key == taint.Key && other.Effect == taint.Effect && (other.Value ?? "") == (taint.Value ?? ""))
                : others.Count == taints.Count;
            if (already)
            {
                writes.Wrote(node, known.Metadata.ResourceVersion);
                return;
            }

            var wanted = present ? others.Append(new V1Taint { Key = taint.Key, Value = taint.Value, Effect = taint.Effect }) : others;
            var patch = new JsonObject
            {
                ["metadata"] = new JsonObject { ["uid"] = uid, ["resourceVersion"] = known.Metadata.ResourceVersion },
                ["spec"] = new JsonObject { ["taints"] = new JsonArray([.. wanted.Select(one => JsonNode.Parse(KubernetesJson.Serialize(one)))]) },
            };
            if (await PatchAsync(attempted, node, patch, cancellationToken).ConfigureAwait(false) || attempt == ConflictAttempts)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string node, string uid, CancellationToken cancellationToken)
    {
        var body = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = uid } };
        await calls.MakeAsync($"delete node {node}", () => calls.Client.CoreV1.DeleteNodeAsync(name: node, body: body, cancellationToken: cancellationToken), GoneOrOther, cancellationToken).ConfigureAwait(false);
        writes.NodeDeleted(node, uid);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> EventsAsync(string node, CancellationToken cancellationToken)
    {
        var events = await calls.MakeAsync(
            $"list events of node {node}",
            () => calls.Client.CoreV1.ListEventForAllNamespacesAsync(fieldSelector: $"involvedObject.kind=Node,involvedObject.name={node}", limit: MostEvents, cancellationToken: cancellationToken),
            [], cancellationToken).ConfigureAwait(false);
        return
        [
            .. (events?.Items ?? [])
                .Select(one => (At: one.LastTimestamp ?? one.EventTime ?? one.FirstTimestamp ?? one.Metadata.CreationTimestamp ?? default, Event: one))
                .OrderBy(pair => pair.At)
                .Select(pair => $"{pair.At:yyyy-MM-dd'T'HH:mm:ss'Z'} {pair.Event.Type} {pair.Event.Reason}: {pair.Event.Message}"),
        ];
    }

    private static void Add(JsonObject metadata, string member, IReadOnlyDictionary<string, string?> values)
    {
        if (values.Count > 0)
        {
            metadata[member] = new JsonObject(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }
    }

    /// <summary>A patch that names only what is Fleet's. A conflict is looked into: another node of that name ends it, anything else is tried again.</summary>
    private async Task MergeAsync(string attempted, string node, string uid, JsonObject patch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; !await PatchAsync(attempted, node, patch, cancellationToken).ConfigureAwait(false) && attempt < ConflictAttempts; attempt++)
        {
            var known = await ReadAsync(attempted, node, cancellationToken).ConfigureAwait(false);
            if (known?.Metadata.Uid != uid)
            {
                return;
            }
        }
    }

    private Task<V1Node?> ReadAsync(string attempted, string node, CancellationToken cancellationToken) =>
        calls.MakeAsync(attempted, () => calls.Client.CoreV1.ReadNodeAsync(name: node, cancellationToken: cancellationToken), Gone, cancellationToken);

    /// <returns>False on a conflict or where the node is gone.</returns>
    private async Task<bool> PatchAsync(string attempted, string node, JsonObject patch, CancellationToken cancellationToken)
    {
        var body = new V1Patch(patch.ToJsonString(JsonSerializerOptions.Default), V1Patch.PatchType.MergePatch);
        var answer = await calls.MakeAsync(
            attempted, () => calls.Client.CoreV1.PatchNodeAsync(body: body, name: node, fieldManager: FieldManager, cancellationToken: cancellationToken), GoneOrOther, cancellationToken).ConfigureAwait(false);
        if (answer is null)
        {
            return false;
        }

        writes.Wrote(node, answer.Metadata.ResourceVersion);
        return true;
    }
}
