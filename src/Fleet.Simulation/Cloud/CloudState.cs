using System.Collections.Immutable;
using Fleet.Simulation.Cloud.Commands;
using Fleet.Simulation.Cloud.Hosts;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cloud;

/// <summary>The AWS half of the world: one account in one region. Guarded by <see cref="World.Gate"/>.</summary>
public sealed class CloudState
{
    private readonly Dictionary<string, Instance> _instances = [];
    private readonly SortedDictionary<string, AutoScalingGroup> _groups = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LaunchTemplate> _templates = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Image> _images = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Snapshot> _snapshots = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LaunchConfiguration> _configurations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Parameter> _parameters = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, EncryptionKey> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProfile> _profiles = [];
    private readonly Dictionary<string, GroupRoster> _rosters = [];
    private readonly List<InstanceTermination> _terminations = [];

    /// <summary>Makes an empty account.</summary>
    public CloudState(World world)
    {
        World = world;
        Activities = new ActivityLog(this);
        Addresses = new AddressPool(this);
        Engine = new ScalingEngine(this);
        Commands = new CommandEngine(this);
    }

    /// <summary>The world around.</summary>
    public World World { get; }

    /// <summary>Account id of every caller. Default: 123456789012.</summary>
    public string Account { get; init; } = "123456789012";

    /// <summary>Region. Default: eu-central-1.</summary>
    public string Region { get; set; } = "eu-central-1";

    /// <summary>Availability zones; each has one subnet.</summary>
    public ImmutableArray<string> Zones { get; set; } = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];

    /// <summary>Instances by id; terminated ones stay for an hour.</summary>
    public IReadOnlyDictionary<string, Instance> Instances => _instances;

    /// <summary>Auto Scaling groups by name.</summary>
    public IReadOnlyDictionary<string, AutoScalingGroup> Groups => _groups;

    /// <summary>Launch templates by id.</summary>
    public IReadOnlyDictionary<string, LaunchTemplate> Templates => _templates;

    /// <summary>Images by id.</summary>
    public IReadOnlyDictionary<string, Image> Images => _images;

    /// <summary>Snapshots by id.</summary>
    public IReadOnlyDictionary<string, Snapshot> Snapshots => _snapshots;

    /// <summary>Launch configurations by name.</summary>
    public IReadOnlyDictionary<string, LaunchConfiguration> LaunchConfigurations => _configurations;

    /// <summary>How long a copy of an image is pending. Default: 3 min.</summary>
    public TimeSpan CopyTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>SSM parameters by name.</summary>
    public IReadOnlyDictionary<string, Parameter> Parameters => _parameters;

    /// <summary>KMS keys by id, other accounts' too where they can be used.</summary>
    public IReadOnlyDictionary<string, EncryptionKey> Keys => _keys;

    /// <summary>Instance types by name.</summary>
    public IReadOnlyDictionary<string, NodeProfile> Profiles => _profiles;

    /// <summary>Scaling activities.</summary>
    public ActivityLog Activities { get; }

    /// <summary>Commands of SSM and the instances' agents.</summary>
    public CommandEngine Commands { get; }

    /// <summary>Every termination so far, in order.</summary>
    public IReadOnlyList<InstanceTermination> Terminations => _terminations;

    /// <summary>Number of launches so far; the next has this number plus one.</summary>
    public int Launches { get; internal set; }

    /// <summary>World only: numbers of launches that run but never join the cluster.</summary>
    public ISet<int> NeverBoots { get; } = new HashSet<int>();

    /// <summary>World only: numbers of launches whose node registers but never becomes Ready.</summary>
    public ISet<int> NeverReady { get; } = new HashSet<int>();

    /// <summary>World only: times without capacity in a zone.</summary>
    public IList<CapacityOutage> Outages { get; } = new List<CapacityOutage>();

    /// <summary>World only: AWS's own passing refusals (ScalingActivityInProgress, ResourceContention): asked for each writing call, null lets it through.</summary>
    public Func<Calls.WorldCall, Calls.CallRefusedException?>? Contention { get; set; }

    /// <summary>Addresses of the subnets.</summary>
    public AddressPool Addresses { get; }

    internal ScalingEngine Engine { get; }

    internal Dictionary<string, (string Arguments, LaunchedInstances Answer)> LaunchTokens { get; } = [];

    internal Dictionary<string, (string Arguments, string TemplateId, long Version)> TemplateTokens { get; } = [];

    internal Dictionary<string, (string Arguments, ImmutableArray<string> Ids)> InstanceTokens { get; } = [];

    internal Dictionary<string, (string Arguments, string ImageId)> ImageTokens { get; } = [];

    /// <summary>Raised when an instance has entered state running (its machine begins to boot).</summary>
    public event Action<string>? InstanceStarted;

    /// <summary>Raised when an instance has begun to shut down: the kubelet falls silent and its pods die.</summary>
    public event Action<string>? InstanceStopping;

    /// <summary>Raised when EC2 says terminated.</summary>
    public event Action<string>? InstanceTerminated;

    /// <summary>Raised for each change of an instance record, with the record after.</summary>
    public event Action<Instance>? InstanceChanged;

    /// <summary>Raised for each change of a group's settings.</summary>
    public event Action<GroupChange>? GroupChanged;

    /// <summary>Raised when a termination begins, before <see cref="InstanceStopping"/>.</summary>
    public event Action<InstanceTermination>? TerminationBegan;

    /// <summary>A group's instances from Pending to Terminating, in the order of their launch.</summary>
    public IReadOnlyCollection<Instance> Members(string group) => RosterOf(group).Members;

    /// <summary>What machines of an instance's type are like.</summary>
    public NodeProfile ProfileOf(Instance instance) =>
        _profiles.GetValueOrDefault(instance.InstanceType) ?? new NodeProfile { InstanceType = instance.InstanceType };

    /// <summary>The time that an instance takes from state running to the registration of its node; null when it never joins. Always the same answer for an instance.</summary>
    public TimeSpan? BootOf(Instance instance) =>
        NeverBoots.Contains(instance.Number) || _images.GetValueOrDefault(instance.ImageId) is { NeverBoots: true } ? null : BootOf(instance.Number, ProfileOf(instance));

    /// <summary>The boot time that the n-th launch draws, were it of that profile.</summary>
    public TimeSpan BootOf(int number, NodeProfile profile) =>
        World.Chance.Normal($"boot/{number}", profile.BootMean, profile.BootDeviation, profile.BootMean / 3, profile.BootMean * 3);

    /// <summary>Whether an instance's node registers but never becomes Ready.</summary>
    public bool IsNeverReady(Instance instance) =>
        NeverReady.Contains(instance.Number) || _images.GetValueOrDefault(instance.ImageId) is { NeverReady: true };

    /// <summary>What an instance is like from within, as its image has it.</summary>
    public HostFacts HostOf(Instance instance) => _images.GetValueOrDefault(instance.ImageId) switch
    {
        { Host: { } host } => host,
        var image => new HostFacts { Kubelet = (image?.KubeletVersion ?? Node.DefaultKubeletVersion).TrimStart('v') },
    };

    /// <summary>Adds or replaces an instance type.</summary>
    public void Put(NodeProfile profile) => _profiles[profile.InstanceType] = profile;

    /// <summary>Adds or replaces an image.</summary>
    public void Put(Image image) => _images[image.Id] = image;

    /// <summary>Adds or replaces a snapshot.</summary>
    public void Put(Snapshot snapshot) => _snapshots[snapshot.Id] = snapshot;

    /// <summary>Adds or replaces a KMS key.</summary>
    public void Put(EncryptionKey key) => _keys[key.Id] = key;

    /// <summary>A key's ARN.</summary>
    public string ArnOf(EncryptionKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return $"arn:aws:kms:{Region}:{key.Account ?? Account}:key/{key.Id}";
    }

    /// <summary>A key by id, alias or the ARN of either; null where there is none in the region. Another account's is found by its ARN alone.</summary>
    public EncryptionKey? FindKey(string name) => _keys.Values.FirstOrDefault(key =>
        name == ArnOf(key) || key.Aliases.Any(alias => name == $"arn:aws:kms:{Region}:{key.Account ?? Account}:{alias}") || (key.Account is null && (name == key.Id || key.Aliases.Contains(name))));

    /// <summary>Adds or replaces a launch configuration.</summary>
    public void Put(LaunchConfiguration configuration) => _configurations[configuration.Name] = configuration;

    /// <summary>Adds or replaces a parameter.</summary>
    public void Put(Parameter parameter) => _parameters[parameter.Name] = parameter;

    /// <summary>Adds or replaces a launch template.</summary>
    public void Put(LaunchTemplate template) => _templates[template.Id] = template;

    /// <summary>Adds or replaces a group, tells its change and lets the group act on it.</summary>
    /// <param name="group">The group after the change.</param>
    /// <param name="caller">Access key of the caller; null when the world does it.</param>
    /// <param name="why">What a later activity names as its cause; null keeps the last.</param>
    public void Put(AutoScalingGroup group, string? caller = null, string? why = null)
    {
        var before = _groups.GetValueOrDefault(group.Name);
        _groups[group.Name] = group;
        GroupChanged?.Invoke(new GroupChange(before, group, caller));
        Engine.Touch(group.Name, why);
    }

    internal GroupRoster RosterOf(string group)
    {
        if (!_rosters.TryGetValue(group, out var roster))
        {
            _rosters[group] = roster = new GroupRoster();
        }

        return roster;
    }

    internal void Remove(Snapshot snapshot) => _snapshots.Remove(snapshot.Id);

    internal void Remove(Parameter parameter) => _parameters.Remove(parameter.Name);

    internal void Remove(AutoScalingGroup group, string caller)
    {
        _groups.Remove(group.Name);
        GroupChanged?.Invoke(new GroupChange(group, null, caller));
    }

    internal void Put(Instance instance)
    {
        var before = _instances.GetValueOrDefault(instance.Id);
        _instances[instance.Id] = instance;
        if (before?.Group is { } left)
        {
            RosterOf(left).Remove(before);
        }

        if (instance.Group is { } group && instance.Lifecycle != LifecycleState.Terminated)
        {
            RosterOf(group).Add(instance);
        }

        InstanceChanged?.Invoke(instance);
    }

    internal void Forget(string instanceId)
    {
        if (_instances.Remove(instanceId, out var last) && last.Group is { } group)
        {
            RosterOf(group).Remove(last);
        }
    }

    internal void Record(InstanceTermination termination)
    {
        _terminations.Add(termination);
        TerminationBegan?.Invoke(termination);
    }

    internal void Started(string instanceId) => InstanceStarted?.Invoke(instanceId);

    internal void Stopping(string instanceId) => InstanceStopping?.Invoke(instanceId);

    internal void Terminated(string instanceId) => InstanceTerminated?.Invoke(instanceId);
}
