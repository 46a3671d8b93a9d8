namespace Fleet.Images.Tests.Runs;

/// <summary>As <see cref="ProvedRunTests"/>, where the provisioning does what it should not.</summary>
public sealed class SpoiltRunTests
{
    [Fact]
    public async Task What_the_provisioning_spoilt_is_caught_and_the_image_is_gone()
    {
        await using var shop = await ProvingShop.OpenAsync("""

            echo '/swapfile none swap sw 0 0' >>/etc/fstab
            printf '#!/bin/sh\necho Kubernetes v1.34.1\n' >/usr/bin/kubelet
            apt-mark unhold kubectl >/dev/null
            systemctl unmask apt-daily.timer
            systemctl enable apt-daily.timer

            """);

        var (exit, said) = await shop.Bench.RunAsync("images", "build", "worker", "--yes");

        exit.ShouldBe(1, said);
        var run = (await shop.Bench.AskAsync("runs", "list"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        run["reasons"]!.AsArray().Select(reason => ((string?)reason!["value"], (string?)reason["limit"])).ShouldBe(
        [
            ("1.34.1", "1.34.2"),
            ("not held: kubectl", "held: kubelet, kubeadm, kubectl"),
            ("apt-daily.timer is enabled and active", "off: apt-daily.timer, apt-daily-upgrade.timer, unattended-upgrades.service"),
            ("swap: in use: /swapfile, in /etc/fstab: /swapfile", "no swap"),
        ]);
        ((string?)(await shop.Bench.AskAsync("images", "list"))["items"]![0]!["state"]).ShouldBe("rejected");
        (await shop.Bench.ImagesAsync()).ShouldBeEmpty();
        (await shop.Bench.LeftAsync()).ShouldBeEmpty();
    }
}
