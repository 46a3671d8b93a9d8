using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Worlds;
using YamlDotNet.RepresentationModel;

namespace Fleet.Sandbox.WorldFile;

/// <summary>The sections of a world file, each read into its record.</summary>
internal static class WorldSections
{
    public static WorldSpec Spec(YamlSection section, string name)
    {
        var region = section.Text("region") ?? "eu-central-1";
        var zones = section.Texts("zones");
        zones = zones.IsEmpty ? [region + "a", region + "b", region + "c"] : zones;
        var types = section.Each("instanceTypes", Profile);
        var images = section.Each("images", Image);
        var templates = section.Each("templates", item => Template(item, types));
        var groups = section.Each("groups", item => Group(item, templates, zones));
        var workloads = section.Each("workloads", Workload);
        return new WorldSpec
        {
            Name = name,
            Region = region,
            Zones = zones,
            InstanceTypes = types,
            Images = images,
            Parameters = section.Map("parameters"),
            Keys = section.Each("keys", Key),
            Templates = templates,
            Groups = groups,
            Workloads = workloads,
            Budgets = section.Each("budgets", item => Budget(item, workloads)),
            ApiServers = section.Texts("apiServers"),
            LoadBalancerDelay = section.Duration("loadBalancerDelay") ?? TimeSpan.FromSeconds(30),
            ReuseAddresses = section.Flag("reuseAddresses") ?? false,
            Faults = Read(section.Section("faults"), item => Faults(item, zones, workloads)) ?? new FaultSpec(),
            Rotation = Read(section.Section("rotation"), item => Rotation(item, groups, images)),
        };
    }

    private static T? Read<T>(YamlSection? section, Func<YamlSection, T> read)
        where T : class
    {
        if (section is null)
        {
            return null;
        }

        var value = read(section);
        section.Close();
        return value;
    }

    private static string Known(YamlSection section, string field, string? name, IEnumerable<string> names)
    {
        if (name is { Length: > 0 } && !names.Contains(name))
        {
            section.Note(field, $"'{name}' is not in this world; it has {string.Join(", ", names)}");
        }

        return name ?? "";
    }

    private static NodeProfile Profile(YamlSection section)
    {
        var standard = new NodeProfile { InstanceType = section.Need("name") };
        var boot = section.Section("boot");
        var profile = standard with
        {
            Architecture = section.Text("architecture") ?? standard.Architecture,
            Allocatable = new Resources(section.MilliCpu("cpu") ?? standard.Allocatable.MilliCpu, section.Bytes("memory") ?? standard.Allocatable.MemoryBytes, section.Count("pods") ?? standard.Allocatable.Pods),
            BootMean = boot?.Duration("mean") ?? standard.BootMean,
            BootDeviation = boot?.Duration("deviation") ?? standard.BootDeviation,
            ReadyDelay = section.Duration("ready") ?? standard.ReadyDelay,
            LaunchDelay = section.Duration("launch") ?? standard.LaunchDelay,
            Shutdown = section.Duration("shutdown") ?? standard.Shutdown,
            StartupTaints = section.Each("startupTaints", Taint),
            CsiDrivers = section.Raw("csiDrivers") is null ? standard.CsiDrivers : section.Texts("csiDrivers"),
        };
        boot?.Close();
        return profile;
    }

    private static ImageSpec Image(YamlSection section)
    {
        var standard = new ImageSpec { Id = section.Need("id") };
        return standard with
        {
            Name = section.Text("name"),
            Architecture = section.Text("architecture") ?? standard.Architecture,
            Age = section.Duration("age") ?? standard.Age,
            Kubelet = section.Text("kubelet") ?? standard.Kubelet,
            Tags = section.Map("tags"),
            RootDevice = section.Text("rootDevice") ?? standard.RootDevice,
            NeverBoots = section.Flag("neverBoots") ?? false,
            NeverReady = section.Flag("neverReady") ?? false,
        };
    }

    private static KeySpec Key(YamlSection section)
    {
        var standard = new EncryptionKey { Id = section.Need("id") };
        var aliases = section.Texts("aliases");
        foreach (var alias in aliases.Where(alias => !alias.StartsWith("alias/", StringComparison.Ordinal)))
        {
            section.Note("aliases", $"'{alias}' does not begin with alias/");
        }

        return new KeySpec(
            standard with
            {
                Aliases = aliases,
                State = section.Text("state") ?? standard.State,
                Manager = section.Flag("managedByAws") ?? false ? "AWS" : standard.Manager,
                Usage = section.Text("usage") ?? standard.Usage,
                Spec = section.Text("spec") ?? standard.Spec,
                Policy = section.Raw("policy") is { } policy ? Json(policy)?.ToJsonString() : null,
                Grants = [.. section.Each("grants", item => (Grantee: item.Need("grantee"), Operations: item.Texts("operations"))).Select((grant, index) => new EncryptionGrant($"{index + 1:x64}", grant.Grantee, grant.Operations))],
            },
            section.Text("region"));
    }

    private static TemplateSpec Template(YamlSection section, ImmutableArray<NodeProfile> types) => new()
    {
        Name = section.Need("name"),
        ImageId = section.Need("image"),
        InstanceType = Known(section, "instanceType", section.Need("instanceType"), types.Select(type => type.InstanceType)),
        Data = section.Raw("data") is { } data ? Json(data) as JsonObject : null,
    };

    private static GroupSpec Group(YamlSection section, ImmutableArray<TemplateSpec> templates, ImmutableArray<string> zones)
    {
        var group = new GroupSpec
        {
            Name = section.Need("name"),
            Template = section.Text("template"),
            TemplateVersion = section.Text("templateVersion") ?? "1",
            Zones = section.Texts("zones"),
            Min = section.Count("min") ?? 0,
            Max = section.Count("max"),
            Desired = section.Count("desired") ?? 0,
            Tags = section.Map("tags"),
            Suspended = section.Texts("suspended"),
            Protected = section.Flag("protected") ?? false,
            TerminationPolicies = section.Raw("terminationPolicies") is null ? ["Default"] : section.Texts("terminationPolicies"),
            HealthCheckType = section.Text("healthCheck") ?? "EC2",
            MixedInstances = section.Flag("mixedInstances") ?? false,
            WarmPool = section.Flag("warmPool") ?? false,
            LifecycleHooks = section.Texts("lifecycleHooks"),
            NodeLabels = section.Map("nodeLabels"),
            NodeTaints = section.Each("nodeTaints", Taint),
        };
        Known(section, "template", group.Template, templates.Select(template => template.Name));
        foreach (var zone in group.Zones)
        {
            Known(section, "zones", zone, zones);
        }

        if (group.Desired < group.Min || group.Desired > (group.Max ?? group.Desired))
        {
            section.Note("desired", $"must be between min {group.Min} and max {group.Max}, is {group.Desired}");
        }

        return group;
    }

    private static WorkloadSpec Workload(YamlSection section)
    {
        var standard = new WorkloadSpec { Kind = Needed<WorkloadKind>(section, "kind"), Name = section.Need("name") };
        return standard with
        {
            Namespace = section.Text("namespace") ?? standard.Namespace,
            Replicas = section.Count("replicas") ?? standard.Replicas,
            MilliCpu = section.MilliCpu("cpu") ?? standard.MilliCpu,
            MemoryMiB = section.Bytes("memory") is { } bytes ? bytes >> 20 : standard.MemoryMiB,
            Grace = section.Duration("grace") ?? standard.Grace,
            Stop = section.Duration("stop") ?? standard.Stop,
            Ready = section.Duration("ready") ?? standard.Ready,
            Run = section.Duration("run"),
            Labels = section.Map("labels"),
            Annotations = section.Map("annotations"),
            NodeSelector = section.Map("nodeSelector"),
            Tolerations = section.Each("tolerations", item => new Toleration(item.Text("key"), item.Text("operator") ?? "Equal", item.Text("value"), item.Text("effect"))),
            Spread = section.Texts("spread"),
            PreferSpread = section.Texts("preferSpread"),
            AntiAffinity = section.Texts("antiAffinity"),
            Claims = section.Texts("claims"),
            Parallel = section.Flag("parallel") ?? false,
            EmptyDir = section.Flag("emptyDir") ?? false,
            NeverReady = section.Flag("neverReady") ?? false,
        };
    }

    private static BudgetSpec Budget(YamlSection section, ImmutableArray<WorkloadSpec> workloads)
    {
        var budget = new BudgetSpec
        {
            Name = section.Need("name"),
            Namespace = section.Text("namespace") ?? "default",
            Workload = Known(section, "workload", section.Need("workload"), workloads.Select(workload => workload.Name)),
            MinAvailable = section.Text("minAvailable"),
            MaxUnavailable = section.Text("maxUnavailable"),
            UnhealthyPodEvictionPolicy = section.Text("unhealthyPodEvictionPolicy"),
        };
        if (budget.MinAvailable is null == budget.MaxUnavailable is null)
        {
            section.Note("minAvailable", "exactly one of minAvailable and maxUnavailable must be given");
        }

        return budget;
    }

    private static FaultSpec Faults(YamlSection section, ImmutableArray<string> zones, ImmutableArray<WorkloadSpec> workloads) => new()
    {
        NeverBoots = section.Counts("neverBoots"),
        NeverReady = section.Counts("neverReady"),
        Outages = section.Each("outages", item => new OutageSpec(Known(item, "zone", item.Need("zone"), zones), item.Duration("from") ?? TimeSpan.Zero, item.Duration("until"))),
        Unready = section.Each("unready", item => new UnreadySpec(
            item.Text("namespace") ?? "default", Known(item, "workload", item.Need("workload"), workloads.Select(workload => workload.Name)), item.Count("pod") ?? 0, item.Duration("from") ?? TimeSpan.Zero, item.Duration("until"))),
        Calls = section.Each("calls", item => new CallFaultSpec
        {
            Verb = item.Text("verb"),
            Api = item.Choice<Api>("api"),
            Caller = item.Text("caller"),
            Fault = Needed<WorldFaultKind>(item, "fault"),
            Rate = item.Share("rate") ?? 1,
            Times = item.Count("times", least: 1),
            From = item.Duration("from") ?? TimeSpan.Zero,
            Until = item.Duration("until"),
        }),
    };

    private static RotationTarget Rotation(YamlSection section, ImmutableArray<GroupSpec> groups, ImmutableArray<ImageSpec> images)
    {
        var target = new RotationTarget(section.Need("pool"), section.Texts("groups"), Known(section, "image", section.Need("image"), images.Select(image => image.Id)));
        foreach (var group in target.Groups)
        {
            Known(section, "groups", group, groups.Select(known => known.Name));
        }

        return target;
    }

    private static T Needed<T>(YamlSection section, string name)
        where T : struct, Enum
    {
        if (section.Raw(name) is null)
        {
            section.Note(name, $"is required: one of {string.Join(", ", Enum.GetNames<T>())}");
        }

        return section.Choice<T>(name) ?? default;
    }

    private static Taint Taint(YamlSection section) => new(section.Need("key"), section.Text("value"), section.Text("effect") ?? "NoSchedule");

    /// <summary>The node as JSON, plain scalars typed as YAML's core schema does.</summary>
    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value ?? "", Json(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: { } plain } when bool.TryParse(plain, out var flag) => JsonValue.Create(flag),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: { } plain } when long.TryParse(plain, out var number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };
}
