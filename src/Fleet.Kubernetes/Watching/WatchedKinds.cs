using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Kubernetes.Translation;
using k8s;
using k8s.Models;

namespace Fleet.Kubernetes.Watching;

/// <summary>The kinds that make a view.</summary>
internal static class WatchedKinds
{
    public static IReadOnlyList<IKindWatch> Of(IKubernetes client, ClusterViewFeed feed, Action<Action> apply, Func<Exception, string, Task<ClusterUnreachableException>> explain, Backoff backoff)
    {
        IKindWatch Kind<T>(WatchSource<T> source)
            where T : class, IKubernetesObject<V1ObjectMeta> => new KindWatch<T>(source, apply, explain, backoff);
        return
        [
            Kind(new WatchSource<V1Node>("nodes",
                async (limit, next, token) => Page(await client.CoreV1.ListNodeAsync(limit: limit, continueParameter: next, cancellationToken: token).ConfigureAwait(false)),
                (version, seconds, sink, token) => client.CoreV1.WatchListNodeAsync(resourceVersion: version, timeoutSeconds: seconds, allowWatchBookmarks: true, onError: sink, cancellationToken: token),
                one => one.Metadata.Name, one => feed.Put(NodeTranslation.Of(one)), feed.RemoveNode)),
            Kind(new WatchSource<V1Pod>("pods",
                async (limit, next, token) => Page(await client.CoreV1.ListPodForAllNamespacesAsync(limit: limit, continueParameter: next, cancellationToken: token).ConfigureAwait(false)),
                (version, seconds, sink, token) => client.CoreV1.WatchListPodForAllNamespacesAsync(resourceVersion: version, timeoutSeconds: seconds, allowWatchBookmarks: true, onError: sink, cancellationToken: token),
                one => one.Metadata.Uid, one => feed.Put(PodTranslation.Of(one), PodTranslation.ClaimsOf(one)), feed.RemovePod)),
            Kind(new WatchSource<V1PodDisruptionBudget>("poddisruptionbudgets",
                async (limit, next, token) => Page(await client.PolicyV1.ListPodDisruptionBudgetForAllNamespacesAsync(limit: limit, continueParameter: next, cancellationToken: token).ConfigureAwait(false)),
                (version, seconds, sink, token) => client.PolicyV1.WatchListPodDisruptionBudgetForAllNamespacesAsync(resourceVersion: version, timeoutSeconds: seconds, allowWatchBookmarks: true, onError: sink, cancellationToken: token),
                one => Key(one.Metadata), one => feed.Put(BudgetTranslation.Of(one)), feed.RemoveBudget)),
            Kind(new WatchSource<V1ReplicaSet>("replicasets",
                async (limit, next, token) => Page(await client.AppsV1.ListReplicaSetForAllNamespacesAsync(limit: limit, continueParameter: next, cancellationToken: token).ConfigureAwait(false)),
                (version, seconds, sink, token) => client.AppsV1.WatchListReplicaSetForAllNamespacesAsync(resourceVersion: version, timeoutSeconds: seconds, allowWatchBookmarks: true, onError: sink, cancellationToken: token),
                one => one.Metadata.Uid, one => feed.Put(OwnerTranslation.Of(one)), feed.RemoveOwner)),
            Kind(new WatchSource<V1StatefulSet>("statefulsets",
                async (limit, next, token) => Page(await client.AppsV1.ListStatefulSetForAllNamespacesAsync(limit: limit, continueParameter: next, cancellationToken: token).ConfigureAwait(false)),
                (version, seconds, sink, token) => client.AppsV1.WatchListStatefulSetForAllNamespacesAsync(resourceVersion: version, timeoutSeconds: seconds, allowWatchBookmarks: true, onError: sink, cancellationToken: token),
                one => one.Metadata.Uid, one => feed.Put(OwnerTranslation.Of(one)), feed.RemoveOwner)),
            Kind(new WatchSource<V1DaemonSet>("daemonsets",
                async (limit, next, token) => Page(await client.AppsV1.ListDaemonSetForAllNamespacesAsync(limit: limit, continueParameter: next, cancellationToken: token).ConfigureAwait(false)),
                (version, seconds, sink, token) => client.AppsV1.WatchListDaemonSetForAllNamespacesAsync(resourceVersion: version, timeoutSeconds: seconds, allowWatchBookmarks: true, onError: sink, cancellationToken: token),
                one => one.Metadata.Uid, one => feed.Put(OwnerTranslation.Of(one)), feed.RemoveOwner)),
            Kind(new WatchSource<V1Job>("jobs",
                async (limit, next, token) => Page(await client.BatchV1.ListJobForAllNamespacesAsync(limit: limit, continueParameter: next, cancellationToken: token).ConfigureAwait(false)),
                (version, seconds, sink, token) => client.BatchV1.WatchListJobForAllNamespacesAsync(resourceVersion: version, timeoutSeconds: seconds, allowWatchBookmarks: true, onError: sink, cancellationToken: token),
                one => one.Metadata.Uid, one => feed.Put(OwnerTranslation.Of(one)), feed.RemoveOwner)),
            Kind(new WatchSource<V1VolumeAttachment>("volumeattachments",
                async (limit, next, token) => Page(await client.StorageV1.ListVolumeAttachmentAsync(limit: limit, continueParameter: next, cancellationToken: token).ConfigureAwait(false)),
                (version, seconds, sink, token) => client.StorageV1.WatchListVolumeAttachmentAsync(resourceVersion: version, timeoutSeconds: seconds, allowWatchBookmarks: true, onError: sink, cancellationToken: token),
                one => one.Metadata.Name, one => feed.Put(VolumeTranslation.Of(one)), feed.RemoveAttachment)),
            Kind(new WatchSource<V1CSINode>("csinodes",
                async (limit, next, token) => Page(await client.StorageV1.ListCSINodeAsync(limit: limit, continueParameter: next, cancellationToken: token).ConfigureAwait(false)),
                (version, seconds, sink, token) => client.StorageV1.WatchListCSINodeAsync(resourceVersion: version, timeoutSeconds: seconds, allowWatchBookmarks: true, onError: sink, cancellationToken: token),
                one => one.Metadata.Name, one => feed.PutDrivers(one.Metadata.Name, VolumeTranslation.DriversOf(one)), name => feed.PutDrivers(name, ImmutableSortedSet<string>.Empty))),
            Kind(new WatchSource<V1PersistentVolume>("persistentvolumes",
                async (limit, next, token) => Page(await client.CoreV1.ListPersistentVolumeAsync(limit: limit, continueParameter: next, cancellationToken: token).ConfigureAwait(false)),
                (version, seconds, sink, token) => client.CoreV1.WatchListPersistentVolumeAsync(resourceVersion: version, timeoutSeconds: seconds, allowWatchBookmarks: true, onError: sink, cancellationToken: token),
                one => one.Metadata.Name, one => feed.PutVolume(one.Metadata.Name, VolumeTranslation.ZonesOf(one)), feed.RemoveVolume)),
            Kind(new WatchSource<V1PersistentVolumeClaim>("persistentvolumeclaims",
                async (limit, next, token) => Page(await client.CoreV1.ListPersistentVolumeClaimForAllNamespacesAsync(limit: limit, continueParameter: next, cancellationToken: token).ConfigureAwait(false)),
                (version, seconds, sink, token) => client.CoreV1.WatchListPersistentVolumeClaimForAllNamespacesAsync(resourceVersion: version, timeoutSeconds: seconds, allowWatchBookmarks: true, onError: sink, cancellationToken: token),
                one => Key(one.Metadata), one => feed.PutClaim(Key(one.Metadata), VolumeTranslation.VolumeOf(one)), key => feed.PutClaim(key, null))),
        ];
    }

    private static string Key(V1ObjectMeta meta) => $"{meta.NamespaceProperty}/{meta.Name}";

    private static (IList<T> Items, V1ListMeta Meta) Page<T>(IItems<T> list)
        where T : IKubernetesObject<V1ObjectMeta> => (list.Items ?? [], ((IMetadata<V1ListMeta>)list).Metadata);
}
