namespace Fleet.Images.Tests.Runs;

/// <summary>A whole run: Debian's packer builds packer/worker over SSH, and the proof runs on the disk that came of it, with the programs that were installed there.</summary>
public sealed class ProvedRunTests
{
    [Fact]
    public async Task What_packer_has_built_passes_its_proof_and_becomes_available()
    {
        await using var shop = await ProvingShop.OpenAsync(sabotage: null);

        var (exit, said) = await shop.Bench.RunAsync("images", "build", "worker", "--yes");

        exit.ShouldBe(0, said);
        var record = (await shop.Bench.AskAsync("images", "list"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        var image = (await shop.Bench.ImagesAsync()).ShouldHaveSingleItem();
        ((string?)record["state"], (string?)record["copies"]![0]!["imageId"]).ShouldBe(("candidate", (string?)image["ImageId"]));
        (await shop.Bench.LeftAsync()).ShouldBeEmpty();
        var journal = (await shop.Bench.AskAsync("runs", "events", (string)record["run"]!))["items"]!.AsArray().Select(entry => ((string)entry!["kind"]!, (string)entry["subject"]!, (string)entry["message"]!)).ToList();
        foreach (var (check, found) in new[] { ("kubelet", "1.34.2"), ("containerd", "2.1.4"), ("runc", "1.3.0"), ("root-size", "30 GiB"), ("root-device", "/dev/sda1"), ("held", "all held"), ("services", "all so"), ("swap", "as expected"), ("leftovers", "as expected") })
        {
            journal.ShouldContain(("proof", check, found));
        }

        journal.Single(entry => entry is ("proof-output", "sbom-packages", _)).Item3.ShouldContain("kubelet\t1.34.2-1.1\n");
    }
}
