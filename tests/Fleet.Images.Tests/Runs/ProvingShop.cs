using Fleet.Images.Tests.Builds;
using Fleet.Images.Tests.Machines;

namespace Fleet.Images.Tests.Runs;

/// <summary>A recipe of packer/worker, a machine to build on, and hosts to prove on.</summary>
internal sealed record ProvingShop(BuildBench Bench, Machine Machine, ProvingHosts Hosts) : IAsyncDisposable
{
    /// <param name="sabotage">What the provisioning does in the end, though it should not; null for nothing.</param>
    public static async Task<ProvingShop> OpenAsync(string? sabotage)
    {
        var port = Machine.FreePort();
        var bench = await BuildBench.WorkerAsync(port, sabotage);
        var machine = await Machine.CreateAsync(bench.Site.Supplies);
        await machine.BootAsync(bench.Site.Ec2.Keys, port);
        var hosts = await ProvingHosts.StartAsync(machine, "/dev/sda1");
        bench.Site.Ec2.Hosts = hosts;
        return new ProvingShop(bench, machine, hosts);
    }

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        await Hosts.DisposeAsync();
        await Machine.DisposeAsync();
    }
}
