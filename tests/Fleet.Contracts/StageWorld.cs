using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Contracts.Cloud;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Worlds;

namespace Fleet.Contracts;

/// <summary>The small world that the suites of the ports play in: one group of three nodes, one a zone.</summary>
public static class StageWorld
{
    public const string Group = "workers";
    public const string OldImage = "ami-0000000000000001a";
    public const string NewImage = "ami-0000000000000002b";
    public const string ArmImage = "ami-0000000000000003c";
    public const string Parameter = "/images/worker";
    public const string InstanceType = "m5.large";
    public const string Snapshot = "snap-0123456789abcdef0";

    public static CloudFacts Facts { get; } = new()
    {
        Group = Group,
        TemplateName = "workers",
        OldImage = OldImage,
        NewImage = NewImage,
        Parameter = Parameter,
        ParameterPath = "/images",
        Region = "eu-central-1",
        InstanceType = InstanceType,
        Zones = 3,
        Tag = ("team", "shop"),
        Key = "alias/images",
        DisabledKey = "alias/disabled",
        SigningKey = "alias/signing",
        Grantee = "arn:aws:iam::123456789012:role/launcher",
    };

    /// <summary>The key of <see cref="CloudFacts.Key"/>.</summary>
    public static EncryptionKey Key { get; } = new()
    {
        Id = "1234abcd-12ab-34cd-56ef-1234567890ab",
        Aliases = ["alias/images"],
        Policy = """{"Version":"2012-10-17","Id":"fleet-contract","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}""",
        Grants =
        [
            new EncryptionGrant($"{1:x64}", "arn:aws:iam::123456789012:role/launcher", ["Decrypt", "DescribeKey"]),
            new EncryptionGrant($"{2:x64}", "arn:aws:iam::123456789012:role/launcher", ["CreateGrant"]) { Context = Map("aws:ebs:id", "vol-1") },
        ],
    };

    public static World Build()
    {
        var world = WorldBuilder.Build(Spec, seed: 11, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        world.Cloud.Put(Key);
        world.Cloud.Put(new EncryptionKey { Id = "1234abcd-12ab-34cd-56ef-1234567890ac", Aliases = ["alias/disabled"], State = "Disabled" });
        world.Cloud.Put(new EncryptionKey { Id = "1234abcd-12ab-34cd-56ef-1234567890ad", Aliases = ["alias/signing"], Usage = "SIGN_VERIFY", Spec = "RSA_2048" });
        return world;
    }

    private static WorldSpec Spec { get; } = new()
    {
        Name = "stage",
        InstanceTypes = [new NodeProfile { InstanceType = InstanceType }],
        Images =
        [
            new ImageSpec { Id = OldImage, Name = "worker-1", Age = TimeSpan.FromDays(40) },
            new ImageSpec { Id = NewImage, Name = "worker-2", Age = TimeSpan.FromDays(4) },
            new ImageSpec { Id = ArmImage, Name = "arm-1", Architecture = "arm64", Age = TimeSpan.FromDays(1) },
        ],
        Parameters = ImmutableSortedDictionary<string, string>.Empty.Add(Parameter, NewImage),
        Templates = [new TemplateSpec { Name = "workers", ImageId = OldImage, InstanceType = InstanceType, Data = Data() }],
        Groups =
        [
            new GroupSpec { Name = Group, Template = "workers", Min = 1, Max = 5, Desired = 3, Tags = ImmutableSortedDictionary<string, string>.Empty.Add("team", "shop") },
            new GroupSpec { Name = "hooked", Template = "workers", Max = 1, Desired = 0, LifecycleHooks = ["drain"], HealthCheckType = "ELB", WarmPool = true },
        ],
        Workloads =
        [
            new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "web", Replicas = 3, Spread = ["topology.kubernetes.io/zone"], Annotations = Map("karpenter.sh/do-not-disrupt", "true") },
            new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "api", Replicas = 2, AntiAffinity = ["kubernetes.io/hostname"], EmptyDir = true },
            new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "solid" },
            new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "free", Replicas = 2, NodeSelector = Map("kubernetes.io/os", "linux") },
            new WorkloadSpec { Kind = WorkloadKind.StatefulSet, Name = "db", Replicas = 2, Claims = ["data"], Grace = TimeSpan.FromSeconds(45) },
            new WorkloadSpec { Kind = WorkloadKind.DaemonSet, Namespace = "kube-system", Name = "agent" },
            new WorkloadSpec { Kind = WorkloadKind.Job, Name = "batch", Run = TimeSpan.FromHours(2) },
        ],
        Budgets =
        [
            new BudgetSpec { Name = "web", Workload = "web", MinAvailable = "2" },
            new BudgetSpec { Name = "solid", Workload = "solid", MinAvailable = "1" },
            new BudgetSpec { Name = "api-one", Workload = "api", MaxUnavailable = "1" },
            new BudgetSpec { Name = "api-two", Workload = "api", MinAvailable = "50%" },
        ],
    };

    private static ImmutableSortedDictionary<string, string> Map(string key, string value) => ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(key, value);

    private static JsonObject Data() => JsonNode.Parse(
        $$"""
        {
          "UserData": "IyEvYmluL3No",
          "BlockDeviceMappings": [
            { "DeviceName": "/dev/xvda", "Ebs": { "VolumeSize": 40, "VolumeType": "gp3" } },
            { "DeviceName": "/dev/xvdb", "Ebs": { "SnapshotId": "{{Snapshot}}", "VolumeSize": 100, "VolumeType": "gp3" } }
          ],
          "MetadataOptions": { "HttpTokens": "required", "HttpPutResponseHopLimit": 1 }
        }
        """)!.AsObject();
}
