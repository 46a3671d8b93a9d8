namespace Fleet.Simulation.Cloud;

/// <summary>What a machine would have written on its console by now.</summary>
internal static class ConsoleOutput
{
    public static string Of(Instance instance, CloudState cloud)
    {
        var lines = new List<string>
        {
            $"[    0.000000] Linux version 6.1 ({instance.ImageId})",
            $"cloud-init[1021]: Cloud-init v. 22.2.2 running 'modules:final' on {instance.PrivateDnsName}",
        };
        lines.Add(cloud.BootOf(instance) switch
        {
            null => "systemd[1]: kubelet.service: Main process exited, code=exited, status=1/FAILURE: failed to run Kubelet: unable to load bootstrap kubeconfig",
            { } boot when cloud.World.Now - instance.Launched < boot => "systemd[1]: Starting kubelet.service - Kubernetes Kubelet...",
            _ => "systemd[1]: Started kubelet.service - Kubernetes Kubelet.",
        });
        return string.Join("\n", lines) + "\n";
    }
}
