using Fleet.Core.Disruption;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Contracts.Cluster;

/// <summary>What only a world can show of API servers: several behind one endpoint.</summary>
public abstract class ApiServersWorldContract : ApiServersContract
{
    private IClusterStage Stage => (IClusterStage)Server;

    [Fact]
    public async Task Those_that_run_as_static_pods_are_told_by_their_images()
    {
        lock (Stage.World.Gate)
        {
            Stage.World.Cluster.ServerVersion = "v1.34.1";
            Put("kube-system", "kube-apiserver-b", "kube-apiserver", "registry.k8s.io/kube-apiserver:v1.33.2");
            Put("kube-system", "kube-apiserver-a", "kube-apiserver", "mirror.example:5000/k8s/kube-apiserver:v1.34.1@sha256:0000000000000000000000000000000000000000000000000000000000000000");
            Put("kube-system", "kube-apiserver-c", "kube-apiserver", "registry.k8s.io/kube-apiserver:latest");
            Put("kube-system", "kube-scheduler-a", "kube-scheduler", "registry.k8s.io/kube-scheduler:v1.32.0");
            Put("default", "kube-apiserver-d", "kube-apiserver", "registry.k8s.io/kube-apiserver:v1.31.0");
        }

        (await Stage.ApiServers.VersionsAsync(None)).ShouldBe(
        [
            new ApiServerVersion("the endpoint", "v1.34.1"),
            new ApiServerVersion("pod kube-system/kube-apiserver-a", "v1.34.1"),
            new ApiServerVersion("pod kube-system/kube-apiserver-b", "v1.33.2"),
        ]);
    }

    private void Put(string space, string name, string component, string image)
    {
        var labels = ObjectMeta.NoLabels.Add("component", component);
        Stage.World.Cluster.Pods.Put(new Simulation.Cluster.Objects.Pod
        {
            Meta = new ObjectMeta { Namespace = space, Name = name, Labels = labels },
            Template = new PodTemplate { Labels = labels, Image = image },
            NodeName = "control-plane-1",
            Mirror = true,
            Phase = Simulation.Cluster.Objects.PodPhase.Running,
            Ready = true,
        });
    }
}
