using Fleet.Core.Gates;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations.Actions;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>The sentences in which a rotation says what it waits for.</summary>
internal static class PlanReasons
{
    /// <summary>Without the node too few ready ones would stay.</summary>
    public const string CapacityFloor = "capacity-floor";

    /// <summary>The node goes with the last ones of the other zones.</summary>
    public const string KeptForLast = "zone-held";

    public static Reason Refused(RotationAction action, ActionFailure failure) => new()
    {
        Code = $"action-{failure.Code}",
        Object = action.Lane,
        Sentence = $"'{action.Key}' was refused: {failure.Message}",
        Value = failure.Message,
        Cure = failure.Code == "denied" ? "grant Fleet's role this action, then resume the run" : "mend what the message names, then resume the run",
    };

    public static Reason Retrying(RotationAction action, ActionFailure failure) => new()
    {
        Code = $"retry-{failure.Code}",
        Object = action.Lane,
        Sentence = $"'{action.Key}' failed {failure.Tries} times and is tried again at {failure.NotBefore:HH:mm:ss}: {failure.Message}",
        Value = failure.Message,
        Cure = "nothing to do; Fleet tries again",
    };

    public static Reason ApprovalNeeded(string runId, string pool, ApprovalGate gate) => new()
    {
        Code = RequestRules.ApprovalNeeded,
        Object = $"run {runId}",
        Sentence = gate == ApprovalGate.BeforeStart ? $"pool {pool} wants a person's approval before anything is changed" : $"the canary of pool {pool} is in place; a person's approval lets the rest follow",
        Limit = gate == ApprovalGate.BeforeStart ? "approval beforeStart" : "approval afterCanary",
        Value = "not approved",
        Cure = $"fleet runs approve {runId}, or cancel the run",
    };

    public static Reason Locked(string pool, string holder) => new()
    {
        Code = "pool-locked",
        Object = $"lease kube-system/fleet-{pool}",
        Sentence = $"pool {pool} is being changed by {holder}",
        Limit = "one writer per pool",
        Value = holder,
        Cure = "wait for it to end, or end it",
    };

    public static Reason GroupMissing(string group) => new()
    {
        Code = "group-missing",
        Object = $"auto scaling group {group}",
        Sentence = $"the group {group} does not exist any more",
        Limit = "each group of the pool exists",
        Value = "gone",
        Cure = "restore the group or take it out of the pool, then resume or cancel",
    };

    public static Reason PinChanged(string group, string mine, string now) => new()
    {
        Code = "pin-changed",
        Object = $"auto scaling group {group}",
        Sentence = $"somebody else has set the template of {group} to {now} while the run had it at {mine}",
        Limit = mine,
        Value = now,
        Cure = "settle which version the group shall have; cancel this run, or set it back and resume",
    };

    public static Reason HookChanged(string hook, string mine, string now) => new()
    {
        Code = "hook-changed",
        Object = $"hook {hook}",
        Sentence = $"somebody else has written '{now}' where hook {hook} writes, while the run had '{mine}' there",
        Limit = mine,
        Value = now,
        Cure = "settle what shall be there; cancel this run, or write the run's value and resume",
    };

    public static Reason TemplateMissing(string template, string version) => new()
    {
        Code = "template-version-missing",
        Object = $"launch template {template}",
        Sentence = $"version {version} of launch template {template} does not exist",
        Limit = "a version that exists",
        Value = version,
        Cure = "name a version that exists",
    };

    public static Reason TemplateDiffers(string template, long version, string difference) => new()
    {
        Code = "template-differs",
        Object = $"launch template {template}",
        Sentence = $"version {version} differs from its source in more than the image: {difference}",
        Limit = "no difference but the image",
        Value = difference,
        Cure = "write the wanted version by hand and rotate to it with --template-version",
    };

    public static Reason SuccessorToCome(string owner) => new()
    {
        Code = "successor-to-come",
        Object = owner,
        Sentence = $"{owner} has not made the pod yet that takes the place of one that was evicted; no further node goes before it has its place",
        Cure = "nothing to do; its controller makes it in a moment",
    };

    public static Reason CanaryProof(string pool, TimeSpan limit) => new()
    {
        Code = "canary-proof",
        Object = $"pool {pool}",
        Sentence = "the canary's slot has closed; no further node goes before a new one has proved itself",
        Limit = $"joinTimeout {limit.TotalMinutes:0.#} min",
        Value = "0 new nodes are proven",
        Cure = "nothing yet; after the limit the new instance is replaced",
    };

    public static Reason Joining(string instance, TimeSpan age, TimeSpan limit, Reason? missing) => new()
    {
        Code = "node-joining",
        Object = $"instance {instance}",
        Node = missing?.Node,
        Sentence = $"the new instance {instance} is not proven yet ({(int)age.TotalSeconds} s): {missing?.Sentence ?? "its node has not registered"}",
        Limit = $"joinTimeout {limit.TotalMinutes:0.#} min",
        Value = $"{(int)age.TotalSeconds} s",
        Cure = missing?.Cure ?? "nothing yet; after the limit the instance is replaced",
    };

    public static Reason NeverJoined(string instance, string? node, TimeSpan limit, int tries) => new()
    {
        Code = "join-failed",
        Object = $"instance {instance}",
        Node = node,
        Sentence = $"{tries} new instances in a row did not become proven nodes within {limit.TotalMinutes:0.#} min, the last is {instance}",
        Limit = $"joinTimeout {limit.TotalMinutes:0.#} min, replaced twice",
        Value = $"{tries} instances",
        Cure = "read the console output and the node's events in the journal, mend the image or its user data, then resume or cancel",
    };

    public static Reason NoCapacity(string group, int wanted, int have, string? message) => new()
    {
        Code = "launch-missing",
        Object = $"auto scaling group {group}",
        Sentence = $"{group} wants {wanted} instances and has {have}{(message is null ? "" : $": {message}")}",
        Limit = $"desired {wanted}",
        Value = $"{have} instances",
        Cure = message is null ? "nothing yet; Auto Scaling is launching" : "free capacity or quota, or choose another instance type; Auto Scaling tries again by itself",
    };

    public static Reason LoadBalancers(string node, DateTimeOffset since, DateTimeOffset until) => new()
    {
        Code = "load-balancer-wait",
        Object = $"node {node}",
        Node = node,
        Sentence = $"load balancers may still send traffic to {node} until {until:HH:mm:ss}",
        Limit = $"loadBalancerWait {(until - since).TotalMinutes:0.#} min",
        Value = $"since {since:HH:mm:ss}",
        Cure = "nothing to do; the wait ends by itself",
    };

    public static Reason NodeLeaving(string node, TimeSpan age, TimeSpan limit) => new()
    {
        Code = "node-leaving",
        Object = $"node {node}",
        Node = node,
        Sentence = $"{node} is being terminated ({(int)age.TotalSeconds} s)",
        Limit = $"noProgressTimeout {limit.TotalMinutes:0.#} min",
        Value = $"{(int)age.TotalSeconds} s",
        Cure = "nothing to do; EC2 ends the instance and the cloud controller removes the Node",
    };

    public static Reason ZoneHeld(string group, string zone) => new()
    {
        Code = KeptForLast,
        Object = $"auto scaling group {group}, zone {zone}",
        Sentence = $"zone {zone} of {group} has its share of new nodes: its last old ones go with those of the other zones, whose launches it would draw otherwise",
        Limit = "launches go to the emptiest zone",
        Value = zone,
        Cure = "nothing to do; it follows when the other zones have theirs",
    };

    public static Reason Floor(string where, int ready, int floor) => new()
    {
        Code = CapacityFloor,
        Object = where,
        Sentence = $"{where} has {ready} ready nodes and must not fall below {floor}",
        Limit = $"{floor} ready nodes",
        Value = $"{ready} ready nodes",
        Cure = "wait for the surge to be ready, or allow more with maxSurge or maxUnavailable",
    };

    public static Reason Soak(DateTimeOffset until, int replaced) => new()
    {
        Code = "soak",
        Object = "checkpoint",
        Sentence = $"a checkpoint is reached and soaks until {until:HH:mm:ss}",
        Limit = $"until {until:HH:mm:ss}",
        Value = $"{replaced} nodes replaced",
        Cure = "nothing to do; the run goes on by itself",
    };

    public static Reason WindowClosed(string pool, MaintenanceMoment moment, WindowWaiver? ended, DateTimeOffset now) => new()
    {
        Code = "window-closed",
        Object = $"pool {pool}",
        Sentence = $"nothing new begins now: {moment.Cause}",
        Limit = moment.Cause,
        Value = $"it is {now:yyyy-MM-dd HH:mm} UTC; {(moment.Changes is { } opens ? $"open from {opens.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "no window opens again")}{(ended is null ? "" : $"; the leave to ignore windows ended at {ended.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC")}",
        Cure = moment.Changes is null ? "declare a window, or give the run leave to go on outside the windows" : "nothing to do, or give the run leave to go on outside the windows",
    };

    public static Reason Limit(string code, string what, string limit, string value, string cure) => new()
    {
        Code = code,
        Object = what,
        Sentence = $"{what}: {value}, the limit is {limit}",
        Limit = limit,
        Value = value,
        Cure = cure,
    };

    /// <summary>The nodes that could not be drained and stand aside.</summary>
    public static IEnumerable<Reason> Quarantined(Round round) => round.State.Quarantined.Select(node => Limit(
        "quarantined",
        $"node {node.Value}",
        $"drainTimeout {round.Policy.DrainTimeout.TotalMinutes:0.#} min",
        $"instance {node.Key} could not be drained and stays cordoned",
        "free what blocks its pods and resume, or cancel"));
}
