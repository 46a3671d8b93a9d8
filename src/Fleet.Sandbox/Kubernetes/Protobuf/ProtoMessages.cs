using System.Collections.Frozen;

namespace Fleet.Sandbox.Kubernetes.Protobuf;

/// <summary>The messages that kubectl's <c>create</c> and <c>auth</c> commands send, by the numbers of Kubernetes' generated.proto files: no more than those fields.</summary>
internal static class ProtoMessages
{
    private const string Object = "1 metadata ObjectMeta";
    private const string Workload = Object + "; 3 status ignored; ";

    /// <summary>Fields by number. A type followed by <c>*</c> is a list, one followed by <c>!</c> is kept when it is zero.</summary>
    private static readonly FrozenDictionary<string, FrozenDictionary<int, ProtoField>> Table = new Dictionary<string, string>
    {
        ["Namespace"] = Workload + "2 spec NamespaceSpec",
        ["NamespaceSpec"] = "1 finalizers string*",
        ["ConfigMap"] = Object + "; 2 data map; 4 immutable bool!",
        ["ServiceAccount"] = Object,
        ["PodDisruptionBudget"] = Workload + "2 spec PodDisruptionBudgetSpec",
        ["PodDisruptionBudgetSpec"] = "1 minAvailable IntOrString; 2 selector LabelSelector!; 3 maxUnavailable IntOrString; 4 unhealthyPodEvictionPolicy string",
        ["Deployment"] = Workload + "2 spec DeploymentSpec",
        ["DeploymentSpec"] = "1 replicas int!; 2 selector LabelSelector!; 3 template PodTemplateSpec; 4 strategy DeploymentStrategy; 5 minReadySeconds int; 6 revisionHistoryLimit int!; 7 paused bool; 9 progressDeadlineSeconds int!",
        ["DeploymentStrategy"] = "1 type string",
        ["Job"] = Workload + "2 spec JobSpec",
        ["JobSpec"] = "1 parallelism int!; 2 completions int!; 3 activeDeadlineSeconds int!; 4 selector LabelSelector!; 6 template PodTemplateSpec; 7 backoffLimit int!; 8 ttlSecondsAfterFinished int!",
        ["SelfSubjectAccessReview"] = Workload + "2 spec SelfSubjectAccessReviewSpec",
        ["SelfSubjectAccessReviewSpec"] = "1 resourceAttributes ResourceAttributes; 2 nonResourceAttributes NonResourceAttributes",
        ["ResourceAttributes"] = "1 namespace string; 2 verb string; 3 group string; 4 version string; 5 resource string; 6 subresource string; 7 name string",
        ["NonResourceAttributes"] = "1 path string; 2 verb string",
        ["SelfSubjectRulesReview"] = Workload + "2 spec SelfSubjectRulesReviewSpec",
        ["SelfSubjectRulesReviewSpec"] = "1 namespace string",
        ["SelfSubjectReview"] = Object + "; 2 status ignored",
        ["PodTemplateSpec"] = Object + "; 2 spec PodSpec",
        ["PodSpec"] = "2 containers Container*; 3 restartPolicy string; 4 terminationGracePeriodSeconds int!; 5 activeDeadlineSeconds int!; 6 dnsPolicy string; 7 nodeSelector map; 8 serviceAccountName string; "
            + "9 serviceAccount string; 10 nodeName string; 11 hostNetwork bool; 12 hostPID bool; 13 hostIPC bool; 16 hostname string; 17 subdomain string; 19 schedulerName string; 24 priorityClassName string",
        ["Container"] = "1 name string; 2 image string; 3 command string*; 4 args string*; 5 workingDir string; 6 ports ContainerPort*; 7 env EnvVar*; 8 resources ResourceRequirements; "
            + "13 terminationMessagePath string; 14 imagePullPolicy string; 16 stdin bool; 17 stdinOnce bool; 18 tty bool; 20 terminationMessagePolicy string",
        ["ContainerPort"] = "1 name string; 2 hostPort int; 3 containerPort int; 4 protocol string; 5 hostIP string",
        ["EnvVar"] = "1 name string; 2 value string",
        ["ResourceRequirements"] = "1 limits quantities; 2 requests quantities",
        ["LabelSelector"] = "1 matchLabels map; 2 matchExpressions LabelSelectorRequirement*",
        ["LabelSelectorRequirement"] = "1 key string; 2 operator string; 3 values string*",
        ["ObjectMeta"] = "1 name string; 2 generateName string; 3 namespace string; 4 selfLink string; 5 uid string; 6 resourceVersion string; 7 generation int; 8 creationTimestamp Time; 9 deletionTimestamp Time; "
            + "10 deletionGracePeriodSeconds int!; 11 labels map; 12 annotations map; 14 finalizers string*",
    }.ToFrozenDictionary(message => message.Key, message => Fields(message.Value));

    /// <summary>The fields of a message; null for one that is not read.</summary>
    public static FrozenDictionary<int, ProtoField>? Of(string message) => Table.GetValueOrDefault(message);

    private static FrozenDictionary<int, ProtoField> Fields(string text) => text.Split("; ").Select(field => field.Split(' ')).ToFrozenDictionary(
        field => int.Parse(field[0], System.Globalization.CultureInfo.InvariantCulture),
        field => new ProtoField(field[1], field[2].TrimEnd('*', '!'), field[2].EndsWith('*'), field[2].EndsWith('!')));
}
