using Fleet.Core.Images.Proof;
using Fleet.Core.Rotations;

namespace Fleet.Core.Tests.Images.Proof;

/// <summary>An instance that answers each check as an image by packer/worker would, unless told otherwise.</summary>
internal sealed class ScriptedInstance : IInstanceScripts
{
    private readonly Dictionary<string, (string Remark, int Reads)> _commands = [];

    public static readonly Dictionary<string, string> Healthy = new()
    {
        ["kubelet"] = "Kubernetes v1.33.2\n",
        ["kubeadm"] = "v1.33.2\n",
        ["kubectl"] = "Client Version: v1.33.2\n",
        ["containerd"] = "containerd github.com/containerd/containerd v1.7.27 05044ec\n",
        ["runc"] = "runc version 1.2.6\n",
        ["held"] = "kubelet hold\nkubeadm hold\nkubectl hold\n",
        ["services"] = "amazon-ssm-agent.service enabled . active\nchrony.service enabled . active\ncontainerd.service enabled . active\nkubelet.service enabled . activating\nlogrotate.timer enabled . active\n",
        ["off"] = "apt-daily.timer masked . inactive\napt-daily-upgrade.timer  . inactive\nunattended-upgrades.service  . inactive\n",
        ["modules"] = "",
        ["swap"] = "",
        ["cgroup"] = "cgroup2fs\n",
        ["metadata"] = "without a token 401\nwith a token 200\n",
        ["root-device"] = "/dev/xvda\n",
        ["root-size"] = "21474836480\n",
        ["disk"] = " 15032385536\n",
        ["listening"] = "tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\nudp UNCONN 0 0 127.0.0.1:323 0.0.0.0:*\n",
        ["leftovers"] = "",
    };

    public static ProofOrder Order { get; } = new()
    {
        Run = "20261121t020000z-7f3a9c",
        Instance = "i-0123456789abcdef0",
        Expectation = new ProofExpectation { Kubernetes = "1.33.2", Containerd = "1.7.27", Runc = "1.2.6", RootDevice = "/dev/xvda", RootGiB = 20 },
    };

    public Dictionary<string, ScriptResult> Answers { get; } = [];

    /// <summary>What comes of a command for the piece from a character on, instead of the piece; null for the piece.</summary>
    public Func<int, ScriptResult?>? Pieces { get; set; }

    public bool Reachable { get; set; } = true;

    /// <summary>The code with which the account refuses what is asked of Systems Manager; null while it does not.</summary>
    public string? Refusal { get; set; }

    /// <summary>Whether the next answer to Send is lost on its way, though the command is there.</summary>
    public bool LoseNextAnswer { get; set; }

    /// <summary>Whether commands never end.</summary>
    public bool Hangs { get; set; }

    /// <summary>Whether commands are never found again.</summary>
    public bool Forgets { get; set; }

    public List<InstanceScript> Sent { get; } = [];

    public List<string> Cancelled { get; } = [];

    public Task<bool> ReachableAsync(string instance, CancellationToken cancellationToken) =>
        Refusal is { } code ? throw new CloudRefusedException(code, "ssm:DescribeInstanceInformation", "refused") : Task.FromResult(Reachable);

    public Task<string?> FindAsync(string instance, string remark, CancellationToken cancellationToken) =>
        Task.FromResult(Forgets ? null : _commands.Where(command => command.Value.Remark == remark).Select(command => command.Key).LastOrDefault());

    public Task<string> SendAsync(InstanceScript script, CancellationToken cancellationToken)
    {
        Sent.Add(script);
        var id = $"command-{Sent.Count}";
        _commands[id] = (script.Remark, 0);
        if (LoseNextAnswer)
        {
            LoseNextAnswer = false;
            throw new TimeoutException("no answer");
        }

        return Task.FromResult(id);
    }

    public Task<ScriptResult?> ReadAsync(string instance, string command, CancellationToken cancellationToken)
    {
        var (remark, reads) = _commands[command];
        _commands[command] = (remark, reads + 1);
        string[] words = [.. remark.Split(' ').Skip(2)];
        return Task.FromResult(Forgets || reads == 0 ? null
            : reads == 1 || Hangs ? new ScriptResult(ScriptEnd.None, -1, "", "")
            : Returned(Answers.GetValueOrDefault(words[0]) ?? new ScriptResult(ScriptEnd.Exited, 0, Healthy.GetValueOrDefault(words[0], ""), ""), words));
    }

    private ScriptResult Returned(ScriptResult result, string[] words)
    {
        if (result.End != ScriptEnd.Exited || result.Output.Length <= 24_000)
        {
            return result;
        }

        var packed = PackedOutput.Of(result);
        return words is [_, "from", var offset] ? Pieces?.Invoke(int.Parse(offset)) ?? new ScriptResult(ScriptEnd.Exited, 0, packed.From(int.Parse(offset)), "") : result with { Output = packed.Head + packed.From(0), Errors = "" };
    }

    public Task CancelAsync(string command, CancellationToken cancellationToken)
    {
        Cancelled.Add(command);
        return Task.CompletedTask;
    }
}
