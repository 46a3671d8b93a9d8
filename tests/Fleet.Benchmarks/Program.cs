using System.Globalization;
using Fleet.Benchmarks;

if (args is ["scenario-b", .. var rest])
{
    var nodes = Number(rest, "--nodes", 100);
    var world = ScenarioB.Build(nodes, Number(rest, "--seed", 7));
    return RotationBenchmark.Run("scenario-b", world, ScenarioB.Rotation(world, nodes), Console.Out);
}

Console.Error.WriteLine("""
    usage: dotnet run -c Release --project tests/Fleet.Benchmarks -- NAME
      scenario-b [--nodes 100] [--seed 7]   a rotation of stateless Deployments with budgets, in virtual time
    """);
return 2;

static int Number(string[] arguments, string flag, int otherwise)
{
    var at = Array.IndexOf(arguments, flag);
    return at >= 0 && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
