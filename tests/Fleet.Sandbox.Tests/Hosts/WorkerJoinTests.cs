using System.Diagnostics;
using System.Text;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Pools;
using Fleet.Core.Templates;
using YamlDotNet.Serialization;

namespace Fleet.Sandbox.Tests.Hosts;

/// <summary>The rendered user data, run by bash on a host.</summary>
public sealed class WorkerJoinTests(HostSandbox sandbox) : IClassFixture<HostSandbox>
{
    private static readonly string Boot = Path.Combine(AppContext.BaseDirectory, "Hosts/Join/boot.bash");

    [Fact]
    public async Task It_waits_until_it_can_join_and_shows_no_secret_meanwhile()
    {
        var told = await BootAsync(sandbox.Instance(0), "v1.33.2");

        told["installed"].ShouldBe("code 0\n700 /usr/local/lib/fleet/join\n644 /etc/systemd/system/fleet-join.service");
        told["console"].Split('\n').ShouldBe(
        [
            "fleet-join: waits: /fleet/clusters/demo/join cannot be read: ParameterNotFound",
            "fleet-join: waits: the token in /fleet/clusters/demo/join has expired at 2020-01-01T00:00:00Z; Fleet puts a new one there when it looks next",
            "[discovery] trying token (token)",
            "error execution phase preflight: connection refused",
            "fleet-join: waits: kubeadm could not join api.demo.example:6443",
            "[discovery] trying token (token)",
            "fleet-join: joined api.demo.example:6443 as ip-10-0-0-7.eu-central-1.compute.internal",
        ]);
        var calls = told["calls"].Split('\n');
        calls.Take(3).ShouldBe(["systemctl daemon-reload", "systemctl enable fleet-join.service", "systemctl start --no-block fleet-join.service"]);
        calls.Count(call => call.StartsWith("sleep ", StringComparison.Ordinal)).ShouldBe(3);
        calls.Where(call => call.StartsWith("kubeadm reset", StringComparison.Ordinal)).ShouldBe(["kubeadm reset --force"], "what the broken attempt left is put away");
        told["mode"].ShouldBe("mode 600\nfolder 700");
        told["seen"].ShouldBe("0", "neither arguments nor environments had a secret");
        told["watched"].ShouldBe("yes", "that others' arguments are seen there");
        told["left"].ShouldBe("", "no file has one");
        told["again"].ShouldBe("code 0", "a reboot changes nothing");
        told["asked"].ShouldContain("""data = "{\"Name\":\"/fleet/clusters/demo/join\",\"WithDecryption\":true}" """.TrimEnd());
        told["asked"].ShouldContain("aws-sigv4 = \"aws:amz:eu-central-1:ssm\"");
    }

    /// <summary>kubeadm Configuration (v1beta4), "JoinConfiguration".</summary>
    [Fact]
    public async Task The_configuration_is_what_kubeadm_1_33_reads()
    {
        var told = await BootAsync(sandbox.Instance(1), "v1.33.2");

        var configuration = Parse(told["configuration"]);
        (configuration["apiVersion"], configuration["kind"]).ShouldBe(("kubeadm.k8s.io/v1beta4", "JoinConfiguration"));
        var discovery = Map(Map(configuration["discovery"])["bootstrapToken"]);
        (discovery["token"], discovery["apiServerEndpoint"]).ShouldBe(("fleet3.0123456789abcdef", "api.demo.example:6443"));
        ((List<object>)discovery["caCertHashes"]).ShouldBe([$"sha256:{7:d64}"]);
        var node = Map(configuration["nodeRegistration"]);
        node["name"].ShouldBe("ip-10-0-0-7.eu-central-1.compute.internal");
        ((List<object>)node["taints"]).Select(Map).ShouldHaveSingleItem().ShouldBe(new Dictionary<object, object> { ["key"] = "batch", ["value"] = "yes", ["effect"] = "NoSchedule" }, ignoreOrder: true);
        ((List<object>)node["kubeletExtraArgs"]).Select(Map).Select(argument => $"{argument["name"]}={argument["value"]}").ShouldBe(
            ["cloud-provider=external", "provider-id=aws:///eu-central-1b/i-0aaaaaaaaaaaaaaa7", "node-labels=example.com/tier=batch"]);
        Map(configuration["patches"])["directory"].ShouldBe("/etc/kubernetes/fleet/patches");
        told["kubelet"].ShouldBe("""{"apiVersion":"kubelet.config.k8s.io/v1beta1","kind":"KubeletConfiguration","maxPods":60}""" + "\n600\nsame");
    }

    /// <summary>kubeadm Configuration (v1beta3), "NodeRegistrationOptions": arguments are a map.</summary>
    [Fact]
    public async Task Before_1_31_arguments_are_a_map()
    {
        var configuration = Parse((await BootAsync(sandbox.Instance(2), "v1.30.9"))["configuration"]);

        configuration["apiVersion"].ShouldBe("kubeadm.k8s.io/v1beta3");
        Map(Map(configuration["nodeRegistration"])["kubeletExtraArgs"])["node-labels"].ShouldBe("example.com/tier=batch");
    }

    [Fact]
    public async Task Shellcheck_has_nothing_to_say_to_the_boot()
    {
        using var check = Process.Start(new ProcessStartInfo("shellcheck", ["--severity=warning", Boot]) { RedirectStandardOutput = true })!;
        var said = await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();
        check.ExitCode.ShouldBe(0, said);
    }

    private static Dictionary<object, object> Parse(string text) => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(text);

    private static Dictionary<object, object> Map(object value) => (Dictionary<object, object>)value;

    private async Task<IReadOnlyDictionary<string, string>> BootAsync(string instance, string kubeadm)
    {
        var cluster = new ClusterSpec { Name = "demo", Account = "123456789012", Region = "eu-central-1", Join = new ClusterJoin { Endpoint = "api.demo.example:6443", Parameter = "/fleet/clusters/demo/join" } };
        var node = new NodeSpec { Labels = new Dictionary<string, string> { ["example.com/tier"] = "batch" }, Taints = [new NodeTaintSpec("batch", "yes", NodeTaintEffect.NoSchedule)], Kubelet = new KubeletSpec { MaxPods = 60 } };
        var userData = WorkerUserData.Render(cluster, new NodePoolSpec { Cluster = "demo", Name = "workers", Groups = ["workers"], Node = node });
        var script = (await File.ReadAllTextAsync(Boot)).Replace("USER_DATA", Convert.ToBase64String(Encoding.UTF8.GetBytes(userData)), StringComparison.Ordinal).Replace("KUBEADM", kubeadm, StringComparison.Ordinal);
        var ended = await sandbox.Run(instance, script);
        return ended.Output.Split("\n=== ").Skip(1).Select(section => section.Split('\n', 2)).ToDictionary(section => section[0], section => section[1].Trim('\n'));
    }
}
