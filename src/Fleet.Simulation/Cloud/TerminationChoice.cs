namespace Fleet.Simulation.Cloud;

/// <summary>Which instance a group gives up (Configure termination policies for Amazon EC2 Auto Scaling): the fullest zone that has an unprotected one, then the policies in order.</summary>
internal static class TerminationChoice
{
    /// <summary>The group's choice over all its zones; null when all are protected.</summary>
    public static Instance? Of(AutoScalingGroup group, CloudState cloud)
    {
        var roster = cloud.RosterOf(group.Name);
        var byZone = Candidates(group, cloud).GroupBy(instance => instance.Zone).OrderByDescending(zone => roster.CountingIn(zone.Key)).ThenBy(zone => zone.Key, StringComparer.Ordinal);
        return byZone.FirstOrDefault() is { } fullest ? Choose(group, fullest, cloud) : null;
    }

    /// <summary>The group's choice in one zone; null when all there are protected.</summary>
    public static Instance? In(AutoScalingGroup group, string zone, CloudState cloud)
    {
        var candidates = Candidates(group, cloud).Where(instance => instance.Zone == zone).ToList();
        return candidates.Count == 0 ? null : Choose(group, candidates, cloud);
    }

    private static IEnumerable<Instance> Candidates(AutoScalingGroup group, CloudState cloud) =>
        cloud.Members(group.Name).Where(instance => instance.Counts && !instance.Protected);

    private static Instance Choose(AutoScalingGroup group, IEnumerable<Instance> candidates, CloudState cloud)
    {
        var ordered = candidates.OrderBy(_ => 0);
        foreach (var policy in group.TerminationPolicies)
        {
            ordered = policy switch
            {
                "OldestInstance" => ordered.ThenBy(instance => instance.Launched),
                "NewestInstance" => ordered.ThenByDescending(instance => instance.Launched).ThenByDescending(instance => instance.Number),
                "OldestLaunchTemplate" or "Default" => ordered.ThenBy(instance => TemplateAge(group, instance)),
                "ClosestToNextInstanceHour" => ordered.ThenByDescending(instance => (cloud.World.Now - instance.Launched).Ticks % TimeSpan.TicksPerHour),
                _ => ordered,
            };
        }

        return ordered.ThenBy(instance => instance.Number).First();
    }

    /// <summary>Instances of another template than the group's come first, then the older versions.</summary>
    private static long TemplateAge(AutoScalingGroup group, Instance instance) =>
        instance.TemplateId == group.TemplateId ? instance.TemplateVersion : 0;
}
