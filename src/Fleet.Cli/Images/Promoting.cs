using System.Text.Json.Nodes;
using Fleet.Core.Promotions;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;
using Fleet.Hosting.Promotions;
using Fleet.Hosting.Retirement;
using Fleet.Hosting.Runs;
using Fleet.Storage;

namespace Fleet.Cli.Images;

/// <summary>One <c>fleet images promote</c> on this machine's store.</summary>
internal sealed class Promoting : ImageDriving, IDisposable
{
    private readonly PromoteCall _call;
    private readonly ImageCatalogs _catalogs;
    private readonly PromotionHost _host;

    public Promoting(PromoteCall call, SqlStore store, TimeProvider policy)
        : base(call, store)
    {
        _call = call;
        _catalogs = new ImageCatalogs(Context.Account, policy);
        var options = new PromotionOptions { Owner = $"{Environment.MachineName}-{Environment.ProcessId}-{Context.Seed:x}", Policy = policy, Wall = Context.Wall, Seed = Context.Seed };
        _host = new PromotionHost(store, new PromotionPorts { Inventory = store, Images = store, Catalogs = _catalogs, Keys = _catalogs }, options);
    }

    /// <inheritdoc/>
    protected override IRunKind Kind => _host;

    /// <inheritdoc/>
    protected override string OnCancel => "copies that this run made are removed; parameters that are being written stay";

    /// <inheritdoc/>
    protected override string OnLeave => $"'fleet images promote {_call.Recipe.Name} --version {_call.Version}' goes on with it.";

    public void Dispose() => _catalogs.Dispose();

    /// <inheritdoc/>
    protected override async Task<JsonObject> PlanAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (plan, spec, errors) = await _host.CheckAsync(_call.Spec, cancellationToken).ConfigureAwait(false);
            return PromotionPlanDocument.Of(spec, plan ?? throw new RefusedException(errors));
        }
        catch (CloudRefusedException unusable)
        {
            throw RefusedException.Because($"aws-{unusable.Code}", $"recipe {_call.Recipe.Name}", null, null, unusable.Message);
        }
    }

    /// <inheritdoc/>
    protected override Run Prepare() => _host.Prepare(_call.Spec, Context.Person, Context.Person);
}
