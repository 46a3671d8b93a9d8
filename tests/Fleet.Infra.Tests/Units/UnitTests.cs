using Fleet.Infra.Tests.Tools;

namespace Fleet.Infra.Tests.Units;

public sealed class UnitTests
{
    /// <summary>systemd's own measure: 0 to 10.0, here times ten; "OK" ends at 40. The runtime makes code as it runs, so that memory cannot be kept from being both written and executed.</summary>
    private const string MostExposed = "20";

    [Fact]
    public async Task Systemd_takes_the_unit_and_finds_it_shut_in()
    {
        var folder = Directory.CreateTempSubdirectory("fleet-unit-");
        try
        {
            // systemd looks whether the program is there.
            var unit = Path.Combine(folder.FullName, "fleet.service");
            var text = await File.ReadAllTextAsync(Tool.Path("infra/systemd/fleet.service"));
            text.ShouldContain("ExecStart=/opt/fleet/fleet serve ");
            await File.WriteAllTextAsync(unit, text.Replace("ExecStart=/opt/fleet/fleet", "ExecStart=/bin/true", StringComparison.Ordinal));

            var (exit, output, error) = await Tool.TryAsync("systemd-analyze", folder.FullName, ["verify", "--man=no", unit]);
            (exit, output + error).ShouldBe((0, ""));
            await Tool.RunAsync("systemd-analyze", folder.FullName, ["security", "--no-pager", "--offline=true", $"--threshold={MostExposed}", unit]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
