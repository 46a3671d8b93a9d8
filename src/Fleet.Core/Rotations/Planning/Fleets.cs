using Fleet.Core.Disruption;

namespace Fleet.Core.Rotations.Planning;

/// <summary>The pool's instances, sorted into outdated and current ones. Instances in a state that is neither coming nor serving are left out.</summary>
internal sealed class Fleets
{
    private Fleets(List<Member> members) => Members = members;

    public IReadOnlyList<Member> Members { get; }

    public IEnumerable<Member> Outdated => Members.Where(member => member.Outdated);

    public IEnumerable<Member> Current => Members.Where(member => !member.Outdated);

    /// <summary>Sorts what was seen.</summary>
    public static Fleets Of(Round round)
    {
        var members = new List<Member>();
        foreach (var group in round.Seen.Groups)
        {
            var state = round.State.Groups.GetValueOrDefault(group.Name);
            foreach (var instance in group.Instances)
            {
                if ((instance.InService || instance.Pending) && !round.State.Gone.ContainsKey(instance.Id))
                {
                    members.Add(new Member(group, instance, round.NodeByInstance.GetValueOrDefault(instance.Id), IsOutdated(round, state, instance)));
                }
            }
        }

        return new Fleets(members);
    }

    /// <summary>Outdated = template, version or resolved image differ (Amazon EC2 Auto Scaling, "Launch templates"), or the run goes by age and the instance was too old when it was ordered.</summary>
    private static bool IsOutdated(Round round, GroupState? state, GroupInstance instance)
    {
        if (state?.TargetVersion is not { } target || round.State.AlsoOutdated.Contains(instance.Id) || round.Spec.TooOld?.Instances.Contains(instance.Id) == true)
        {
            return true;
        }

        return instance.TemplateId != state.TemplateId
            || instance.TemplateVersion != target
            || (round.Seen.Facts.TryGetValue(instance.Id, out var facts) && state.TargetImage is { } image && facts.ImageId != image);
    }

    /// <summary>One instance with its group and node.</summary>
    internal sealed record Member(ScalingGroup Group, GroupInstance Instance, Node? Node, bool Outdated)
    {
        public string Id => Instance.Id;

        public string Zone => Instance.Zone;
    }
}
