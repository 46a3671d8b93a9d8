using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Core.Templates;
using static Fleet.Core.Rotations.Preflight.PreflightReasons;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>The checks before a rotation: right account, right cluster, groups that are Fleet's to change, a target that fits. They only read, and name all that is wrong at once.</summary>
public static class RotationPreflight
{
    /// <summary>Checks a request and makes the plan.</summary>
    public static async Task<PreflightResult> RunAsync(RotationPorts ports, RotationRequest request, CancellationToken cancellationToken)
    {
        var problems = new List<Reason>();
        problems.AddRange(Policy(request.Pool));
        var view = await ClusterAsync(ports, request, problems, cancellationToken).ConfigureAwait(false);
        try
        {
            await AccountAsync(ports, request.Cluster, problems, cancellationToken).ConfigureAwait(false);
            var groups = await ports.Groups.InspectAsync(request.Pool.Groups, cancellationToken).ConfigureAwait(false);
            if (view is not null)
            {
                var strangers = GroupChecks.Strangers(groups, view);
                var launched = request.AfterRunOf is { } since && strangers.Count > 0
                    ? (await ports.Instances.DescribeAsync(strangers, cancellationToken).ConfigureAwait(false)).Where(facts => facts.Launched >= since).Select(facts => facts.Id)
                    : [];
                problems.AddRange(GroupChecks.Of(request, groups, [.. strangers.Except(launched)]));
            }

            var versions = await VersionsAsync(ports, groups, problems, cancellationToken).ConfigureAwait(false);
            var target = await new TargetChecks(ports, request, problems).FindAsync(groups, versions, cancellationToken).ConfigureAwait(false);
            if (target is not null)
            {
                problems.AddRange(await PermissionChecks.TemplatesAsync(ports, target, versions.Values, cancellationToken).ConfigureAwait(false));
            }

            var hooks = await HookChecks.ReadAsync(ports.Hooks, request.Pool, problems, cancellationToken).ConfigureAwait(false);
            if (problems.Count > 0 || target is null || view is null)
            {
                return new PreflightResult { Problems = [.. problems] };
            }

            var spec = new RotationSpec { Cluster = request.Cluster, Pool = request.Pool, Target = target, ForceUntil = request.ForceUntil, Waiver = request.Waiver };
            var plan = await PlanMaker.MakeAsync(ports, spec, request, view, groups, versions, cancellationToken).ConfigureAwait(false);
            plan = plan with { Changes = plan.Nodes.IsEmpty ? [] : [.. plan.Changes, .. HookChecks.Changes(hooks, target)] };
            return new PreflightResult { Problems = [], Spec = request.OlderThan is { } age ? spec with { TooOld = new(age, plan.TooOld) } : spec, Plan = plan };
        }
        catch (CloudRefusedException refused)
        {
            return new PreflightResult { Problems = [.. problems, OfCloud(refused)] };
        }
    }

    private static IEnumerable<Reason> Policy(NodePoolSpec pool)
    {
        var (surge, unavailable) = (pool.Rotation.MaxSurge, pool.Rotation.MaxUnavailable);
        if (surge.Value == 0 && unavailable.Value == 0)
        {
            yield return Refusal("no-width", $"pool {pool.Cluster}/{pool.Name}", "maxSurge and maxUnavailable are both 0: no node could ever be exchanged", "one of them above 0", $"maxSurge {surge}, maxUnavailable {unavailable}", "raise maxSurge or maxUnavailable");
        }

        foreach (var (name, value) in new[] { ("maxSurge", surge), ("maxUnavailable", unavailable) })
        {
            if (value is { IsPercent: true, Value: > 100 } or { Value: < 0 })
            {
                yield return Refusal("out-of-range", $"pool {pool.Cluster}/{pool.Name}", $"{name} is {value}", "0% to 100%, or a count", $"{value}", $"correct {name}");
            }
        }
    }

    private static async Task<ClusterView?> ClusterAsync(RotationPorts ports, RotationRequest request, List<Reason> problems, CancellationToken cancellationToken)
    {
        try
        {
            // Before the view: where a kind may not be listed, the view fails with that one alone.
            problems.AddRange(await PermissionChecks.ClusterAsync(ports, request, cancellationToken).ConfigureAwait(false));
            var view = await ports.Cluster.ViewAsync(cancellationToken).ConfigureAwait(false);
            if (request.Cluster.KubeSystemUid is { } pinned && pinned != view.KubeSystemUid)
            {
                problems.Add(Refusal("wrong-cluster", $"cluster {request.Cluster.Name}", $"the API server's kube-system namespace has uid {view.KubeSystemUid}, the cluster was pinned to {pinned} at apply", pinned, view.KubeSystemUid, "point the kubeconfig at the declared cluster, or delete and apply it anew"));
            }

            return view;
        }
        catch (ClusterUnreachableException forbidden) when (forbidden.Code == "forbidden" && problems.Exists(problem => problem.Code == "permission-missing"))
        {
            return null;
        }
        catch (ClusterUnreachableException unreachable)
        {
            problems.Add(OfCluster(request.Cluster.Name, unreachable));
            return null;
        }
    }

    private static async Task AccountAsync(RotationPorts ports, ClusterSpec cluster, List<Reason> problems, CancellationToken cancellationToken)
    {
        var account = await ports.Instances.AccountAsync(cancellationToken).ConfigureAwait(false);
        if (account != cluster.Account)
        {
            problems.Add(Refusal("wrong-account", $"cluster {cluster.Name}", $"the credentials are of account {account}, the cluster is declared in {cluster.Account}", cluster.Account, account, "use credentials of the declared account"));
        }
    }

    private static async Task<ImmutableDictionary<string, TemplateVersion>> VersionsAsync(RotationPorts ports, IReadOnlyList<ScalingGroup> groups, List<Reason> problems, CancellationToken cancellationToken)
    {
        var versions = ImmutableDictionary<string, TemplateVersion>.Empty;
        foreach (var group in groups.Where(group => group.TemplateId is not null))
        {
            var named = group.TemplateVersion ?? "$Default";
            if (await ports.Templates.VersionAsync(group.TemplateId!, named, cancellationToken).ConfigureAwait(false) is { } version)
            {
                versions = versions.SetItem(group.Name, version);
            }
            else
            {
                problems.Add(Refusal("template-version-missing", $"launch template {group.TemplateId}", $"{group.Name} uses version {named} of {group.TemplateId}, which does not exist", null, named, "give the group an existing version"));
            }
        }

        return versions;
    }
}
