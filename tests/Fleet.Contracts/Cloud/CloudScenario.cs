namespace Fleet.Contracts.Cloud;

/// <summary>A fixed sequence of port calls, to hold the calls that two implementations make for it against each other.</summary>
public static class CloudScenario
{
    public static async Task PlayAsync(ICloudStage stage)
    {
        var none = CancellationToken.None;
        await stage.Instances.AccountAsync(none);
        var group = (await stage.Groups.InspectAsync([StageWorld.Group], none))[0];
        await stage.Images.ResolveAsync(new() { Owner = "self", Name = "worker-*" }, none);
        await stage.Images.ResolveAsync(new() { Parameter = StageWorld.Parameter }, none);
        await stage.Images.ArchitecturesAsync(StageWorld.InstanceType, none);
        await stage.Templates.CreateVersionAsync(group.TemplateId!, 1, new() { ImageId = StageWorld.NewImage }, "fleet", "token", none);
        await stage.Templates.CreateVersionAsync(group.TemplateId!, 1, new() { ImageId = $"resolve:ssm:{StageWorld.Parameter}" }, "fleet", "other", none);
        await stage.Templates.CreateVersionAsync(group.TemplateId!, 1, new() { ImageId = StageWorld.NewImage, InstanceProfile = "workers", RootDevice = "/dev/xvda", RootVolume = new() }, "fleet", "third", none);
        await stage.Groups.PinTemplateAsync(StageWorld.Group, group.TemplateId!, "2", none);
        await stage.Groups.SetNewInstancesProtectedAsync(StageWorld.Group, true, none);
        var ids = group.Instances.Select(instance => instance.Id).ToList();
        await stage.Groups.ProtectAsync(StageWorld.Group, ids, true, none);
        await stage.Groups.ProtectAsync(StageWorld.Group, [.. ids, .. Enumerable.Range(0, 120).Select(number => $"i-{number:x17}")], true, none);
        await stage.Groups.SuspendAsync(StageWorld.Group, "AZRebalance", none);
        await stage.Groups.SetMaxAsync(StageWorld.Group, 6, none);
        await stage.Groups.SetDesiredAsync(StageWorld.Group, 4, none);
        await stage.Groups.TerminateAsync(ids[0], decrement: false, none);
        await stage.Groups.TerminateAsync(ids[1], decrement: true, none);
        await stage.Groups.TerminateAsync(ids[1], decrement: true, none);
        await stage.Groups.TerminateAsync("i-0ffffffffffffffff", decrement: false, none);
        await stage.Groups.DescribeAsync([.. Enumerable.Range(0, 201).Select(number => $"group-{number}")], none);
        await stage.Instances.DescribeAsync(ids, none);
        await stage.Instances.DescribeAsync([.. ids, .. Enumerable.Range(0, 1100).Select(number => $"i-{number:x17}")], none);
        await stage.Instances.ConsoleOutputAsync(ids[0], none);
        await stage.Groups.ActivitiesAsync(StageWorld.Group, DateTimeOffset.MinValue, none);
        await stage.Groups.ResumeAsync(StageWorld.Group, "AZRebalance", none);
    }

    /// <summary>The AWS calls of a stage's world, as operation and subject, in order.</summary>
    public static IReadOnlyList<string> CallsOf(ICloudStage stage)
    {
        lock (stage.World.Gate)
        {
            return [.. stage.World.Log.Records.Where(call => call.Api == Simulation.Calls.Api.Aws).Select(call => call.Verb)];
        }
    }
}
