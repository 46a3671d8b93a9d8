using Fleet.Images.Tests.Machines;

namespace Fleet.Images.Tests.Builds;

/// <summary>What the Spark image does with local disks at boot.</summary>
[Collection(nameof(BuiltImages))]
public sealed class ScratchTests(BuiltImages images)
{
    private const string Mount = "/usr/local/lib/fleet/mount-scratch /mnt/scratch";

    [Fact]
    public async Task Every_disk_is_formatted_and_mounted_for_everybody()
    {
        await using var machine = await images.Spark.CloneAsync();
        await using var first = await LocalDisk.AttachAsync(machine, 1);
        await using var second = await LocalDisk.AttachAsync(machine, 2);

        var (exit, output) = await machine.TryWithMountsAsync($"{Mount}; findmnt --raw --noheadings --output SOURCE,TARGET,FSTYPE | grep scratch; stat -c %a /mnt/scratch/*; {Mount}");

        (exit, output).ShouldBe((0,
            "mounted /dev/nvme1n1 on /mnt/scratch/0\nmounted /dev/nvme2n1 on /mnt/scratch/1\n" +
            "/dev/nvme1n1 /mnt/scratch/0 ext4\n/dev/nvme2n1 /mnt/scratch/1 ext4\n1777\n1777\n"));
    }

    [Fact]
    public async Task What_is_on_a_disk_outlives_a_reboot()
    {
        await using var machine = await images.Spark.CloneAsync();
        await using var disk = await LocalDisk.AttachAsync(machine, 1);
        (await machine.TryWithMountsAsync($"{Mount}; echo shuffled >/mnt/scratch/0/data")).Exit.ShouldBe(0);

        var (exit, output) = await machine.TryWithMountsAsync($"{Mount}; cat /mnt/scratch/0/data");

        (exit, output).ShouldBe((0, "mounted /dev/nvme1n1 on /mnt/scratch/0\nshuffled\n"));
    }

    [Fact]
    public async Task A_disk_with_something_else_on_it_is_left_alone_and_the_unit_fails()
    {
        await using var machine = await images.Spark.CloneAsync();
        await using var disk = await LocalDisk.AttachAsync(machine, 1);
        (await machine.TryWithMountsAsync("mkswap -q /dev/nvme1n1")).Exit.ShouldBe(0);

        var (exit, output) = await machine.TryWithMountsAsync(Mount);

        exit.ShouldNotBe(0, output);
        (await machine.TryWithMountsAsync("blkid --probe --output value --match-tag TYPE /dev/nvme1n1")).Output.Trim().ShouldBe("swap");
    }

    [Fact]
    public async Task Without_disks_the_folder_is_on_the_root_volume()
    {
        await using var machine = await images.Spark.CloneAsync();

        var (exit, output) = await machine.TryWithMountsAsync($"{Mount}; stat -c %a /mnt/scratch/0");

        (exit, output).ShouldBe((0, "no local disks: /mnt/scratch/0 is on the root volume\n1777\n"));
    }
}
