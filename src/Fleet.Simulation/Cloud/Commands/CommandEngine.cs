using Fleet.Simulation.Cloud.Hosts;

namespace Fleet.Simulation.Cloud.Commands;

/// <summary>Run Command of AWS Systems Manager: delivers commands to the agents of the instances, whose shells run them, and keeps what came of it. Guarded by <see cref="World.Gate"/>.</summary>
public sealed class CommandEngine
{
    private const int OutputKept = 24_000;
    private const int ErrorsKept = 8_000;
    private const int ExitForReboot = 194;

    private readonly CloudState _cloud;
    private readonly Dictionary<string, SentCommand> _commands = [];
    private readonly Dictionary<(string Command, string Instance), CommandInvocation> _invocations = [];
    private readonly Dictionary<(string Command, string Instance), IDisposable> _running = [];
    private readonly Dictionary<string, DateTimeOffset> _bootingUntil = [];

    internal CommandEngine(CloudState cloud)
    {
        _cloud = cloud;
        Shells = new ScriptedShells(cloud.World);
        cloud.InstanceStopping += Stop;
    }

    /// <summary>How long what takes.</summary>
    public CommandTimings Timings { get; set; } = new();

    /// <summary>The hosts' shells. Default: <see cref="ScriptedShells"/> without rules.</summary>
    public IHostShells Shells { get; set; }

    /// <summary>World only: instances whose agent has fallen silent.</summary>
    public ISet<string> Silent { get; } = new HashSet<string>();

    /// <summary>Every command that is remembered, in the order of sending.</summary>
    public IEnumerable<SentCommand> Commands => _commands.Values.Where(command => command.Requested > _cloud.World.Now - Timings.History);

    /// <summary>An instance's agent; null until the instance has booted, and once it is terminated.</summary>
    public ManagedInstance? AgentOf(Instance instance)
    {
        if (!instance.Managed || instance.State is InstanceState.Pending or InstanceState.Terminated || _cloud.BootOf(instance) is not { } boot)
        {
            return null;
        }

        var booted = instance.Launched + _cloud.ProfileOf(instance).LaunchDelay + boot;
        var answers = instance.State == InstanceState.Running && !Silent.Contains(instance.Id) && _bootingUntil.GetValueOrDefault(instance.Id) <= _cloud.World.Now;
        return booted <= _cloud.World.Now ? new ManagedInstance(instance, booted, answers ? _cloud.World.Now : booted, answers) : null;
    }

    /// <summary>A command by its id.</summary>
    public SentCommand? Find(string command) => _commands.GetValueOrDefault(command);

    /// <summary>What became of a command on an instance; null for what nobody sent.</summary>
    public CommandInvocation? Find(string command, string instance) => _invocations.GetValueOrDefault((command, instance));

    /// <summary>What became of a command on each of its instances.</summary>
    public IEnumerable<CommandInvocation> InvocationsOf(SentCommand command) => command.Addressed.Select(instance => _invocations[(command.Id, instance)]);

    internal string NextId() => new Guid(_cloud.World.Chance.Seed, 4, 0x4000, BitConverter.GetBytes((long)_commands.Count + 1)).ToString();

    internal void Send(SentCommand command)
    {
        _commands.Add(command.Id, command);
        foreach (var instance in command.Addressed)
        {
            _invocations.Add((command.Id, instance), new CommandInvocation { CommandId = command.Id, InstanceId = instance, VisibleFrom = command.Requested + Timings.Visible });
            _cloud.World.Timeline.After(Timings.Delivery, () => Deliver(command, instance));
        }
    }

    /// <summary>Asks an invocation to end; one that has ended stays as it is.</summary>
    internal void Cancel(string command, string instance)
    {
        var invocation = _invocations[(command, instance)];
        switch (invocation.Status)
        {
            case CommandStatus.Pending or CommandStatus.Delayed:
                Put(invocation.In(CommandStatus.Cancelled) with { Ended = _cloud.World.Now });
                break;
            case CommandStatus.InProgress:
                Put(invocation.In(CommandStatus.Cancelling));
                _running.GetValueOrDefault((command, instance))?.Dispose();
                break;
        }
    }

    private static string Cut(string text, int kept, string remark) => text.Length <= kept ? text : text[..(kept - remark.Length)] + remark;

    private void Put(CommandInvocation invocation) => _invocations[(invocation.CommandId, invocation.InstanceId)] = invocation;

    private void Deliver(SentCommand command, string id)
    {
        var invocation = _invocations[(command.Id, id)];
        if (invocation.Status is not (CommandStatus.Pending or CommandStatus.Delayed))
        {
            return;
        }

        if (_cloud.Instances.GetValueOrDefault(id) is { } instance && AgentOf(instance) is { Online: true })
        {
            Put(invocation.In(CommandStatus.InProgress) with { Began = _cloud.World.Now });
            Begin(command, instance);
            return;
        }

        var last = command.Requested + command.Delivery;
        if (_cloud.World.Now >= last)
        {
            Put(invocation.In(CommandStatus.TimedOut, CommandStatus.DeliveryTimedOut));
            return;
        }

        Put(invocation.In(CommandStatus.Delayed));
        var next = _cloud.World.Now + Timings.Again;
        _cloud.World.Timeline.At(next < last ? next : last, () => Deliver(command, id));
    }

    private void Begin(SentCommand command, Instance instance)
    {
        var facts = _cloud.HostOf(instance);
        var script = new HostScript(instance, facts, command.Id, command.Script, command.Folder, command.Execution);
        _running[(command.Id, instance.Id)] = Shells.Start(script, result => End(command, instance.Id, result));
    }

    private void End(SentCommand command, string id, HostResult result)
    {
        _running.Remove((command.Id, id));
        var invocation = _invocations[(command.Id, id)];
        if (_cloud.Instances.GetValueOrDefault(id) is not { State: InstanceState.Running } instance)
        {
            // Nobody is left who could report: the service gives the invocation up when its time is over.
            _cloud.World.Timeline.At(invocation.Began!.Value + command.Execution, () => Put(_invocations[(command.Id, id)].In(CommandStatus.TimedOut, CommandStatus.ExecutionTimedOut)));
            return;
        }

        if (result is { End: HostEnd.Exited, ExitCode: ExitForReboot } && invocation.Status == CommandStatus.InProgress)
        {
            Put(invocation with { Reboots = invocation.Reboots + 1 });
            Shells.Reboot(instance);
            _bootingUntil[id] = _cloud.World.Now + Timings.Reboot;
            _cloud.World.Timeline.After(Timings.Reboot, () => BeginAgain(command, id));
            return;
        }

        var status = result.End switch
        {
            HostEnd.Stopped => CommandStatus.Cancelled,
            HostEnd.TimedOut => CommandStatus.TimedOut,
            HostEnd.Exited when result.ExitCode == 0 => CommandStatus.Success,
            _ => CommandStatus.Failed,
        };
        Put(invocation.In(status, status == CommandStatus.TimedOut ? CommandStatus.ExecutionTimedOut : status) with
        {
            ResponseCode = result.ExitCode,
            Ended = _cloud.World.Now,
            Output = Cut(result.Output, OutputKept, "\n---Output truncated---"),
            Errors = Cut(result.Errors, ErrorsKept, "\n---Error truncated---"),
        });
    }

    private void BeginAgain(SentCommand command, string id)
    {
        var invocation = _invocations[(command.Id, id)];
        if (invocation.Status == CommandStatus.Cancelling)
        {
            Put(invocation.In(CommandStatus.Cancelled) with { Ended = _cloud.World.Now });
        }
        else if (_cloud.Instances.GetValueOrDefault(id) is { State: InstanceState.Running } instance)
        {
            Begin(command, instance);
        }
        else
        {
            Put(invocation.In(CommandStatus.TimedOut, CommandStatus.ExecutionTimedOut));
        }
    }

    private void Stop(string id)
    {
        foreach (var run in _running.Where(pair => pair.Key.Instance == id).Select(pair => pair.Value).ToList())
        {
            run.Dispose();
        }
    }
}
