using System.Collections.Immutable;
using Fleet.Core.Images.Proof;
using Fleet.Core.Inventory.Recipes;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud.Hosts;

namespace Fleet.Aws.Tests.Proof;

/// <summary>Images that are not what they should be, each proved over SSM on a host that really runs the scripts.</summary>
public sealed class SabotageTests
{
    private static readonly HostFacts Good = ProofStage.Good;

    /// <summary>Each image, and the checks that catch it.</summary>
    private static readonly Dictionary<string, (HostFacts Facts, string[] Caught)> Sabotaged = new()
    {
        ["good"] = (Good, []),
        ["old-kubelet"] = (Good with { Kubelet = "1.32.9", Kubeadm = "1.33.2", Kubectl = "1.33.2" }, ["kubelet"]),
        ["other-runtime"] = (Good with { Containerd = "2.0.0", Runc = "1.1.0" }, ["containerd", "runc"]),
        ["not-held"] = (Good with { Held = ["kubelet", "kubectl"] }, ["held"]),
        ["kubelet-disabled"] = (Good with { Services = Good.Services.SetItem("kubelet.service", new HostService("disabled", "inactive")) }, ["services"]),
        ["runtime-failed"] = (Good with { Services = Good.Services.SetItem("containerd.service", new HostService("enabled", "failed")) }, ["services"]),
        ["patches-itself"] = (Good with { Services = Good.Services.SetItem("unattended-upgrades.service", new HostService()) }, ["off"]),
        ["no-bridge-module"] = (Good with { Modules = ["overlay"] }, ["modules"]),
        ["swaps"] = (Good with { Swaps = ["/swapfile"] }, ["swap"]),
        ["swaps-later"] = (Good with { Files = Good.Files.Add("/etc/fstab", "/swapfile none swap sw 0 0\n") }, ["swap"]),
        ["old-cgroups"] = (Good with { Cgroup = 1 }, ["cgroup"]),
        ["open-metadata"] = (Good with { TokensRequired = false }, ["metadata"]),
        ["other-root"] = (Good with { RootDevice = "/dev/sda1", RootGiB = 8 }, ["root-device", "root-size"]),
        ["full-disk"] = (Good with { FreeMiB = 100 }, ["disk"]),
        ["listens"] = (Good with { Listening = Good.Listening.Add("tcp 0.0.0.0:8080") }, ["listening"]),
        ["remembers"] = (Good with { Files = Good.Files.Add("/root/.bash_history", "export TOKEN=…\n") }, ["leftovers"]),
    };

    [Fact]
    public async Task Each_sabotaged_image_is_caught_by_the_check_that_is_meant_for_it_and_the_good_one_passes()
    {
        await using var stage = await ProofStage.OpenAsync(Sabotaged.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Facts));
        foreach (var batch in Sabotaged.Chunk(4))
        {
            await Task.WhenAll(batch.Select(async image =>
            {
                var end = await stage.ProveAsync(stage.Order(image.Key));
                end.Verdicts.Where(verdict => !verdict.Finding.Passed).Select(verdict => verdict.Check).ShouldBe(image.Value.Caught, $"{image.Key}: {string.Join("; ", end.Verdicts.Where(verdict => !verdict.Finding.Passed).Select(verdict => verdict.Finding))}");
                end.Phase.ShouldBe(image.Value.Caught.Length == 0 ? ProofPhase.Passed : ProofPhase.Failed);
                end.Verdicts.Where(verdict => !verdict.Finding.Passed).ShouldAllBe(verdict => verdict.Finding.Cure != null);
            }));
        }
    }

    [Fact]
    public async Task Scripts_that_fail_hang_or_reboot_are_caught_and_a_lost_answer_sends_nothing_twice()
    {
        await using var stage = await ProofStage.OpenAsync(ImmutableSortedDictionary<string, HostFacts>.Empty.Add("good", Good));
        var order = stage.Order("good") with
        {
            Checks =
            [
                new RecipeCheck("fine", "echo \"it's \\\"fine\\\"\"; [[ $(id -u) == 0 ]]", TimeSpan.FromMinutes(1)),
                new RecipeCheck("fails", "echo broken >&2; exit 3", TimeSpan.FromMinutes(1)),
                new RecipeCheck("hangs", "sleep 600", TimeSpan.FromSeconds(1)),
                new RecipeCheck("reboots", "exit 194", TimeSpan.FromMinutes(1)),
                new RecipeCheck("escapes", "FLEET\n'; rm -rf /var/lib/fleet; echo '\nexit 0", TimeSpan.FromMinutes(1)),
            ],
            Sbom = new RecipeCheck("packages", "dpkg-query -W -f '${Package} ${Version}\\n'", TimeSpan.FromMinutes(1)),
        };
        lock (stage.World.Gate)
        {
            stage.World.Faults.Next("SendCommand", WorldFaultKind.TimeoutAfterSuccess, times: 2);
            stage.World.Faults.Next("ListCommands", WorldFaultKind.Throttled);
        }

        var end = await stage.ProveAsync(order);
        end.Verdicts.Where(verdict => !verdict.Finding.Passed).Select(verdict => (verdict.Check, verdict.Finding.Found)).ShouldBe(
        [
            ("recipe-fails", "exit code 3: broken"),
            ("recipe-hangs", "the script ran longer than it may"),
            ("recipe-reboots", "exit code 1: a check cannot restart its instance"),
        ]);
        end.Verdicts.Single(verdict => verdict.Check == "recipe-fine").Output.ShouldBe("it's \"fine\"\n");
        end.Verdicts.Single(verdict => verdict.Kind == ProofKind.Sbom).Output.ShouldContain("kubelet 1.33.2-1.1");
        lock (stage.World.Gate)
        {
            stage.World.Log.Records.Count(call => call is { Verb: "SendCommand", Applied: true }).ShouldBe(end.Verdicts.Length);
            stage.World.Log.Records.Where(call => call.Verb == "SendCommand").ShouldAllBe(call => call.Detail!.StartsWith("fleet 20260301t020000z-7f3a9c "));
        }
    }
}
