using System.Text.Json.Nodes;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Tests.Cloud;

/// <summary>A world with one template, two images and one group <c>workers</c> that has reached its desired capacity.</summary>
internal sealed class CloudWorld
{
    public const string Group = "workers";
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    public CloudWorld(int min = 3, int max = 6, int desired = 3, Func<AutoScalingGroup, AutoScalingGroup>? with = null)
    {
        World = new World(Start, seed: 1);
        Api = new CloudApi(World, "AKIATEST");
        Cloud.Put(new NodeProfile { InstanceType = "m5.large" });
        Cloud.Put(new NodeProfile { InstanceType = "m6g.large", Architecture = "arm64" });
        Cloud.Put(new Image { Id = "ami-old", Name = "worker-1", Owner = Cloud.Account, Created = Start.AddDays(-30) });
        Cloud.Put(new Image { Id = "ami-new", Name = "worker-2", Owner = Cloud.Account, Created = Start.AddDays(-1) });
        Template = Api.CreateLaunchTemplate("worker", Data("ami-old")).Id;
        var group = new AutoScalingGroup { Name = Group, Zones = Cloud.Zones, Min = min, Max = max, Desired = desired, TemplateId = Template, TemplateVersion = "1", Created = Start };
        Cloud.Put(with?.Invoke(group) ?? group);
        Run(TimeSpan.FromMinutes(2));
    }

    public World World { get; }

    public CloudApi Api { get; }

    public CloudState Cloud => World.Cloud;

    public string Template { get; }

    public AutoScalingGroup Settings => Cloud.Groups[Group];

    public IReadOnlyList<Instance> InService => [.. Cloud.Members(Group).Where(instance => instance.Lifecycle == LifecycleState.InService)];

    public IReadOnlyList<InstanceTermination> Terminations => Cloud.Terminations;

    public static JsonObject Data(string image, string type = "m5.large") => new() { ["ImageId"] = image, ["InstanceType"] = type };

    public void Run(TimeSpan time) => World.Timeline.RunUntil(World.Now + time);

    public void Settle() => Run(TimeSpan.FromMinutes(5));

    public int[] ByZone() => [.. Cloud.Zones.Select(zone => InService.Count(instance => instance.Zone == zone))];

    public void ProtectAll() => Api.SetInstanceProtection(Group, [.. InService.Select(instance => instance.Id)], protect: true);

    public static CallRefusedException Refused(Action call) => Should.Throw<CallRefusedException>(call);
}
