using System.Text.Json.Nodes;
using Fleet.Core.Builds;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Builds;
using Fleet.Hosting.Documents;
using Fleet.Hosting.Runs;
using Fleet.Storage;

namespace Fleet.Cli.Images;

/// <summary>One <c>fleet images build</c> on this machine's store.</summary>
internal sealed class Building : ImageDriving, IDisposable
{
    private readonly BuildCall _call;
    private readonly BuildHost _host;
    private BuildPlan? _plan;

    public Building(BuildCall call, SqlStore store, TimeProvider policy)
        : base(call, store)
    {
        _call = call;
        var options = new BuildOptions { Policy = policy, Wall = Context.Wall, Seed = Context.Seed, Images = call.Flags.Local(call.Parsed, Context.Environment), Account = Context.Account };
        _host = new BuildHost(store, store, options, $"{Environment.MachineName}-{Environment.ProcessId}-{Context.Seed:x}");
    }

    /// <inheritdoc/>
    protected override IRunKind Kind => _host;

    /// <inheritdoc/>
    protected override string OnCancel => "what the build has made is removed";

    /// <inheritdoc/>
    protected override string OnLeave => $"the builder was stopped and cleans up; 'fleet images build {_call.Recipe.Name}' builds again.";

    public void Dispose() => _host.Dispose();

    /// <inheritdoc/>
    protected override async Task<JsonObject> PlanAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (plan, errors) = await _host.CheckAsync(_call.Recipe, _call.Flags.Again(_call.Parsed), cancellationToken).ConfigureAwait(false);
            _plan = plan ?? throw new RefusedException(errors);
            return BuildPlanDocument.Of(_call.Recipe, plan);
        }
        catch (CloudRefusedException unusable)
        {
            throw RefusedException.Because($"aws-{unusable.Code}", $"recipe {_call.Recipe.Name}", null, null, unusable.Message);
        }
    }

    /// <inheritdoc/>
    protected override Run Prepare() =>
        _host.Prepare(new BuildSpec { Recipe = _call.Recipe, Ancestors = _call.Ancestors, Again = _call.Flags.Again(_call.Parsed), KeepInstance = _call.Flags.KeepsInstance(_call.Parsed), Accepted = _plan!.Source.Digest }, Context.Person, Context.Person);
}
