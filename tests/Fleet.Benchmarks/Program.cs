using System.Globalization;
using Fleet.Benchmarks;
using Fleet.Benchmarks.Images;
using Fleet.Benchmarks.Load;

if (args is ["scenario-b", .. var rest])
{
    var nodes = Number(rest, "--nodes", 100);
    var world = ScenarioB.Build(nodes, Number(rest, "--seed", 7));
    return RotationBenchmark.Run("scenario-b", world, ScenarioB.Rotation(world, nodes), Console.Out);
}

if (args is ["list-pods", .. var listing])
{
    return await ListPods.RunAsync(Number(listing, "--pods", 3000), Number(listing, "--seed", 7), Console.Out).ConfigureAwait(false);
}

if (args is ["service-load", .. var load])
{
    var world = new LoadWorld(Number(load, "--pools", 20), Number(load, "--nodes", 100));
    return await ServiceLoad.RunAsync(world, Number(load, "--speed", 4), TimeSpan.FromSeconds(Number(load, "--seconds", 180)), Console.Out).ConfigureAwait(false);
}

if (args is ["sweep", .. var sweep])
{
    return await SweepBenchmark.RunAsync(Number(sweep, "--images", 1000), Number(sweep, "--uses", 5000), Number(sweep, "--seed", 7), Console.Out).ConfigureAwait(false);
}

if (args is ["images-build", .. var build])
{
    return await BuildBenchmark.RunAsync(Number(build, "--seconds", 20), Number(build, "--rounds", 3), Console.Out).ConfigureAwait(false);
}

Console.Error.WriteLine("""
    usage: dotnet run -c Release --project tests/Fleet.Benchmarks -- NAME
      scenario-b [--nodes 100] [--seed 7]   a rotation of stateless Deployments with budgets, in virtual time
      list-pods [--pods 3000] [--seed 7]    list and watch through the sandbox, as ratios to bare JSON
      sweep [--images 1000] [--uses 5000] [--seed 7]
                                            decide which images go, as a ratio to the bare walk over what needs them; the calls of a look
      images-build [--seconds 20] [--rounds 3]
                                            an image build by Fleet beside bare packer, on moto
      service-load [--pools 20] [--nodes 100] [--speed 4] [--seconds 180]
                                            memory and latency of the service while it rotates all pools at once
    """);
return 2;

static int Number(string[] arguments, string flag, int otherwise)
{
    var at = Array.IndexOf(arguments, flag);
    return at >= 0 && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
