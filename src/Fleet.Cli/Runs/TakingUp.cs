using Fleet.Core.Promotions.Orders;
using Fleet.Core.Runs;
using Fleet.Hosting.Builds;
using Fleet.Hosting.Retirement;

namespace Fleet.Cli.Runs;

/// <summary>The command that goes on with a run which nobody drives.</summary>
internal static class TakingUp
{
    public static string Command(Run run) => run.Kind switch
    {
        BuildHost.Kind => $"fleet images build {run.Pool}",
        ImagePromotionOrderReader.Kind when run.Pool!.Split('/') is [var recipe, var version] => $"fleet images promote {recipe} --version {version}",
        SweepHost.Kind => $"fleet runs resume {run.Id}",
        _ => $"fleet rotate {run.Cluster}/{run.Pool}",
    };
}
