namespace Fleet.Core.Inventory.Validation;

/// <summary>One document that was read, with what is needed to report on it against others.</summary>
internal sealed record DeclaredResource(FieldReader Metadata, FieldReader Spec, ClusterSpec? Cluster, NodePoolSpec? Pool, ScheduleSpec? Schedule);
