using Fleet.Sandbox.Host;
using Fleet.Simulation;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Tests.Kubernetes;

public sealed class EvictionWireTests
{
    private const string Path = "/api/v1/namespaces/default/pods/p/eviction";

    [Fact]
    public async Task An_eviction_is_granted_with_201_and_refused_with_429_and_the_budget_as_cause()
    {
        var world = TestWorlds.Empty();
        lock (world.Gate)
        {
            var labels = ObjectMeta.NoLabels.Add("app", "p");
            world.Cluster.Pods.Put(new Pod { Meta = new ObjectMeta { Namespace = "default", Name = "p", Labels = labels }, Template = new PodTemplate { Labels = labels }, NodeName = "n", Phase = PodPhase.Running, Ready = true });
            Budget(world, allowed: 0);
        }

        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = world, Speed = 0.001 });
        using var client = new WireClient(host);
        var refused = await client.SendAsync(HttpMethod.Post, Path, Eviction(""));
        refused.Status.ShouldBe(429);
        refused.Body["details"]!["causes"]![0]!["reason"]!.GetValue<string>().ShouldBe("DisruptionBudget");
        refused.Body["message"]!.GetValue<string>().ShouldBe("Cannot evict pod as it would violate the pod's disruption budget.");

        lock (world.Gate)
        {
            Budget(world, allowed: 1);
        }

        (await client.SendAsync(HttpMethod.Post, Path, Eviction(",\"deleteOptions\":{\"preconditions\":{\"uid\":\"another\"}}"))).Status.ShouldBe(409);
        lock (world.Gate)
        {
            Budget(world, allowed: 1);
        }

        var granted = await client.SendAsync(HttpMethod.Post, Path, Eviction(""));
        granted.Status.ShouldBe(201);
        granted.Body["status"]!.GetValue<string>().ShouldBe("Success");
        world.Log.Records.Where(call => call.Verb == "create pods/eviction").Select(call => call.Answer).ShouldBe([429, 409, 201]);
    }

    private static string Eviction(string options) => $$$"""{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p","namespace":"default"}{{{options}}}}""";

    private static void Budget(World world, int allowed) => world.Cluster.Budgets.Put(new PodDisruptionBudget
    {
        Meta = new ObjectMeta { Namespace = "default", Name = "b" },
        Selector = LabelSelector.Of("app", "p"),
        MinAvailable = "1",
        DisruptionsAllowed = allowed,
        CurrentHealthy = 1 + allowed,
        DesiredHealthy = 1,
        ExpectedPods = 1,
        ObservedGeneration = 1,
    });
}
