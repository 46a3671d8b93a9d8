using System.Globalization;
using Fleet.Infra.Tests.Tools;

namespace Fleet.Images.Tests.Machines;

/// <summary>An empty instance store disk of a machine: a loop device, under the names that udev gives one.</summary>
internal sealed class LocalDisk : IAsyncDisposable
{
    private readonly string _file;
    private readonly string _loop;

    private LocalDisk(string file, string loop) => (_file, _loop) = (file, loop);

    public static async Task<LocalDisk> AttachAsync(Machine machine, int number)
    {
        var file = Path.GetTempFileName();
        await using (var stream = File.OpenWrite(file))
        {
            stream.SetLength(16 << 20);
        }

        var disk = new LocalDisk(file, (await Tool.RunAsync("losetup", "/", ["--find", "--show", file])).Trim());
        var minor = int.Parse(disk._loop["/dev/loop".Length..], CultureInfo.InvariantCulture);
        var name = $"nvme{number}n1";
        await machine.RunAsync("sh", "-c",
            $"mknod /dev/{name} b 7 {minor} && mkdir -p /dev/disk/by-id && ln -s ../../{name} /dev/disk/by-id/nvme-Amazon_EC2_NVMe_Instance_Storage_AWS{number} && " +
            $"ln -s ../../{name} /dev/disk/by-id/nvme-Amazon_EC2_NVMe_Instance_Storage_AWS{number}_1");
        return disk;
    }

    public async ValueTask DisposeAsync()
    {
        await Tool.RunAsync("losetup", "/", ["--detach", _loop]);
        File.Delete(_file);
    }
}
