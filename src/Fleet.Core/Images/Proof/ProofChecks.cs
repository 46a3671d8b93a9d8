using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Fleet.Core.Images.Proof;

/// <summary>The checks that make a proof.</summary>
public static partial class ProofChecks
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(1);

    /// <summary>Everything that is checked for an order: Fleet's checks, the recipe's own, the scan, the bill of materials.</summary>
    /// <exception cref="ArgumentException">A value has a form that does not go into a script; all of them are named.</exception>
    public static ImmutableArray<ProofCheck> Of(ProofOrder order) =>
    [
        .. Of(order.Expectation),
        .. order.Checks.Select(check => new ProofCheck($"recipe-{check.Name}", ProofKind.Recipe, check.Script, check.Timeout, ProofJudges.ExitCode(check.Name))),
        .. order.Scan is { } scan ? [new ProofCheck($"scan-{scan.Name}", ProofKind.Scan, scan.Script, scan.Timeout, ProofJudges.ExitCode(scan.Name))] : (ImmutableArray<ProofCheck>)[],
        .. order.Sbom is { } sbom ? [new ProofCheck($"sbom-{sbom.Name}", ProofKind.Sbom, sbom.Script, sbom.Timeout, ProofJudges.Bill(sbom.Name))] : (ImmutableArray<ProofCheck>)[],
    ];

    /// <summary>Fleet's own checks: a pure function of what is expected.</summary>
    /// <exception cref="ArgumentException">A value has a form that does not go into a script; all of them are named.</exception>
    public static ImmutableArray<ProofCheck> Of(ProofExpectation expected)
    {
        Refuse(expected);
        var units = expected.Enabled.Union(expected.Active).ToList();
        var checks = ImmutableArray.CreateBuilder<ProofCheck>();
        Add("kubelet", ProofScripts.Versions("kubelet --version"), ProofJudges.Version("kubelet", expected.Kubernetes));
        Add("kubeadm", ProofScripts.Versions("kubeadm version -o short"), ProofJudges.Version("kubeadm", expected.Kubernetes));
        Add("kubectl", ProofScripts.Versions("kubectl version --client"), ProofJudges.Version("kubectl", expected.Kubernetes));
        AddIf(expected.Containerd is not null, "containerd", ProofScripts.Versions("containerd --version"), ProofJudges.Version("containerd", expected.Containerd ?? ""));
        AddIf(expected.Runc is not null, "runc", ProofScripts.Versions("runc --version"), ProofJudges.Version("runc", expected.Runc ?? ""));
        AddIf(!expected.Held.IsEmpty, "held", ProofScripts.Holds(expected.Held), ProofJudges.Held(expected.Held));
        AddIf(units.Count > 0, "services", ProofScripts.Units(units), ProofJudges.Units(expected.Enabled, expected.Active));
        AddIf(!expected.Off.IsEmpty, "off", ProofScripts.Units(expected.Off), ProofJudges.Off(expected.Off));
        AddIf(!expected.Modules.IsEmpty, "modules", ProofScripts.Modules(expected.Modules), ProofJudges.Modules(expected.Modules));
        Add("swap", ProofScripts.Swap, ProofJudges.Swap());
        Add("cgroup", ProofScripts.Cgroup, ProofJudges.Cgroup());
        Add("metadata", ProofScripts.Metadata, ProofJudges.Metadata());
        AddIf(expected.RootDevice is not null, "root-device", ProofScripts.RootName, ProofJudges.RootName(expected.RootDevice ?? ""));
        AddIf(expected.RootGiB is not null, "root-size", ProofScripts.RootSize, ProofJudges.RootSize(expected.RootGiB ?? 0));
        Add("disk", ProofScripts.Free, ProofJudges.Free(expected.FreeMiB));
        Add("listening", ProofScripts.Listening, ProofJudges.Listening(expected.Listening));
        Add("leftovers", ProofScripts.Leftovers, ProofJudges.Leftovers());
        return checks.ToImmutable();

        void Add(string name, string script, Func<ScriptResult, ProofFinding> judge) => checks.Add(new ProofCheck(name, ProofKind.Fleet, script, Short, judge));

        void AddIf(bool asked, string name, string script, Func<ScriptResult, ProofFinding> judge)
        {
            if (asked)
            {
                Add(name, script, judge);
            }
        }
    }

    private static void Refuse(ProofExpectation expected)
    {
        var wrong = expected.Held.Concat(expected.Enabled).Concat(expected.Active).Concat(expected.Off).Concat(expected.Modules).Where(name => !NameForm().IsMatch(name)).ToList();
        if (wrong.Count > 0)
        {
            throw new ArgumentException($"names of packages, units and modules are letters, digits and . _ @ + : -, not: {string.Join(", ", wrong.Select(name => $"'{name}'"))}", nameof(expected));
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._@+:-]{0,127}\z")]
    private static partial Regex NameForm();
}
