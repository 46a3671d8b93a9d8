using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Pools;
using Fleet.Core.Templates;
using Fleet.Core.Tests.Architecture;

namespace Fleet.Core.Tests.Templates;

public sealed class WorkerUserDataTests
{
    private static readonly ClusterSpec Cluster = new() { Name = "prod", Account = "123456789012", Region = "eu-west-1", Join = new ClusterJoin { Endpoint = "api:6443", Parameter = "/fleet/clusters/prod/join" } };

    private static readonly NodePoolSpec Pool = new() { Cluster = "prod", Name = "workers", Groups = ["workers"] };

    [Fact]
    public void It_names_the_parameter_and_nothing_secret()
    {
        var text = WorkerUserData.Render(Cluster, Pool);

        text.ShouldStartWith("#!/bin/bash\n");
        WorkerUserData.ParameterOf(text).ShouldBe("/fleet/clusters/prod/join");
        text.ShouldNotMatch("[^a-z0-9][a-z0-9]{6}\\.[a-z0-9]{16}[^a-z0-9]");
        Encoding.UTF8.GetByteCount(text).ShouldBeLessThan(WorkerUserData.Limit);
    }

    [Fact]
    public void User_data_of_others_names_no_parameter() => WorkerUserData.ParameterOf("#!/bin/bash\nkubeadm join api:6443 --token abcdef.0123456789abcdef\n").ShouldBeNull();

    [Fact]
    public void A_cluster_that_does_not_say_how_nodes_join_has_none() =>
        Should.Throw<ArgumentException>(() => WorkerUserData.Render(Cluster with { Join = null }, Pool)).Message.ShouldStartWith("cluster prod has no spec.join, without which the user data 'worker' knows no join token; declare spec.join.endpoint");

    [Theory]
    [InlineData("/a'; reboot; '")]
    [InlineData("/a\n'reboot")]
    [InlineData("$(reboot)")]
    public void A_parameter_that_no_reader_let_through_is_refused(string parameter) =>
        Should.Throw<ArgumentException>(() => WorkerUserData.Render(Cluster with { Join = Cluster.Join! with { Parameter = parameter } }, Pool));

    [Fact]
    public void Labels_taints_and_kubelet_are_the_pool_s()
    {
        var node = new NodeSpec
        {
            Labels = new Dictionary<string, string> { ["example.com/tier"] = "batch", ["empty"] = "" },
            Taints = [new NodeTaintSpec("batch", "yes", NodeTaintEffect.NoSchedule)],
            Kubelet = new KubeletSpec { MaxPods = 60, SystemReserved = new Dictionary<string, string> { ["cpu"] = "100m" }, ShutdownGracePeriod = TimeSpan.FromSeconds(90) },
        };

        var text = WorkerUserData.Render(Cluster, Pool with { Node = node });

        text.ShouldContain("readonly labels='example.com/tier=batch,empty='\n");
        text.ShouldContain("""readonly taints='[{"key":"batch","value":"yes","effect":"NoSchedule"}]'""");
        text.ShouldContain("""readonly kubelet='{"apiVersion":"kubelet.config.k8s.io/v1beta1","kind":"KubeletConfiguration","maxPods":60,"systemReserved":{"cpu":"100m"},"shutdownGracePeriod":"90000ms"}'""");
    }

    [Fact]
    public void What_EC2_would_not_take_is_refused()
    {
        var labels = Enumerable.Range(0, 200).ToDictionary(number => $"example.com/{number}{new string('a', 50)}", _ => new string('b', 60));

        Should.Throw<ArgumentException>(() => WorkerUserData.Render(Cluster, Pool with { Node = new NodeSpec { Labels = labels } })).Message.ShouldContain("of which EC2 takes 16384; declare fewer labels, taints or kubelet settings");
    }

    /// <summary>Whatever a value is, however it came past the readers: it is refused, or the shell reads it as it is.</summary>
    [Fact]
    public async Task Hostile_values_never_become_shell()
    {
        var chance = new Random(1);
        string[] hostile = ["'", "\"", "`", "$(touch /tmp/x)", "\\", "\n", "@LABELS@", "${x}", ";", "a", "-", " ", "é", "\u0001", "%s", "*"];
        var rendered = 0;
        for (var round = 0; round < 300; round++)
        {
            string Draw() => string.Concat(Enumerable.Range(0, chance.Next(1, 6)).Select(_ => hostile[chance.Next(hostile.Length)]));
            var (key, value, amount) = (Draw(), Draw(), Draw());
            var pool = Pool with { Node = new NodeSpec { Labels = round % 3 == 0 ? new Dictionary<string, string> { [key] = value } : new Dictionary<string, string>(), Taints = round % 3 == 1 ? [new NodeTaintSpec(key, value, NodeTaintEffect.NoExecute)] : [], Kubelet = round % 3 == 2 ? new KubeletSpec { ContainerLogMaxSize = amount, SystemReserved = new Dictionary<string, string> { [key] = value } } : new KubeletSpec() } };
            string text;
            try
            {
                text = WorkerUserData.Render(Cluster, pool);
            }
            catch (ArgumentException)
            {
                continue;
            }

            rendered++;
            var start = text.IndexOf("readonly FLEET_JOIN_PARAMETER", StringComparison.Ordinal);
            var values = text[start..text.IndexOf("\n\n", start, StringComparison.Ordinal)];
            values.Split('\n').Length.ShouldBe(4, "each value is a line");
            var read = await BashAsync($"{values}\nprintf '%s\\n' \"$labels\" \"$taints\" \"$kubelet\"");
            var lines = read.Split('\n');
            lines[0].ShouldBe(string.Join(',', pool.Node!.Labels.Select(label => $"{label.Key}={label.Value}")));
            JsonNode.Parse(lines[1])!.AsArray().Select(taint => ((string)taint!["key"]!, (string)taint["value"]!)).ShouldBe(pool.Node.Taints.Select(taint => (taint.Key, taint.Value)));
            if (round % 3 == 2)
            {
                JsonNode.Parse(lines[2])!.ShouldSatisfyAllConditions(kubelet => ((string)kubelet["containerLogMaxSize"]!).ShouldBe(amount), kubelet => ((string)kubelet["systemReserved"]![key]!).ShouldBe(value));
            }
        }

        rendered.ShouldBeGreaterThan(90);
    }

    private static async Task<string> BashAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        var said = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return said;
    }

    [Fact]
    public async Task Shellcheck_has_nothing_to_say_of_the_template_and_of_what_becomes_of_it()
    {
        await CheckAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "templates/worker/user-data.sh")));
        await CheckAsync(WorkerUserData.Render(Cluster, Pool));
    }

    private static async Task CheckAsync(string script)
    {
        using var check = Process.Start(new ProcessStartInfo("shellcheck", ["--severity=warning", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await check.StandardInput.WriteAsync(script);
        check.StandardInput.Close();
        var said = await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();
        said.ShouldBeEmpty();
        check.ExitCode.ShouldBe(0);
    }
}
