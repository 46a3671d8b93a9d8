using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.Specialized;
using System.Globalization;
using Fleet.Aws;
using Fleet.Core.Images.Builds;
using Fleet.Images.Tests.Machines;
using Fleet.Infra.Tests.Tools;
using Fleet.Sandbox.Host;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cloud.Hosts;
using Fleet.Simulation.Worlds;
using Microsoft.AspNetCore.Http;

namespace Fleet.Images.Tests.Builds;

/// <summary>
/// The instances that prove images, from within: moto has them and runs nothing on them. Systems Manager is the sandbox's, and an instance's disk is a copy of the machine that packer built on, whose own programs answer; what wants a kernel, a disk or
/// the metadata service has the sandbox's stand-ins, told what a boot would make of the disk.
/// </summary>
internal sealed class ProvingHosts : IAsyncDisposable
{
    public const string Profile = "fleet-proof";

    private const string Image = "ami-0aaaaaaaaaaaaaaaa";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-proving-");
    private readonly HttpClient _http = new();
    private readonly SandboxHost _sandbox;
    private readonly AwsAccount _account;
    private readonly Machine _machine;
    private readonly string _rootDevice;
    private int _rootGiB;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _booted = [];

    private ProvingHosts(SandboxHost sandbox, Machine machine, string rootDevice)
    {
        (_sandbox, _machine, _rootDevice) = (sandbox, machine, rootDevice);
        _account = new AwsAccount(new AwsOptions { Region = "eu-west-1", Endpoint = sandbox.AwsEndpoint, AccessKeyId = "testing", SecretAccessKey = "testing", Timeout = TimeSpan.FromMinutes(1) }, TimeProvider.System);
    }

    /// <param name="machine">What packer logs in to.</param>
    /// <param name="rootDevice">The root device's name as the base image maps it.</param>
    public static async Task<ProvingHosts> StartAsync(Machine machine, string rootDevice)
    {
        var spec = new WorldSpec
        {
            Name = "proving",
            Region = "eu-west-1",
            InstanceTypes = [new NodeProfile { InstanceType = "m6i.large", BootMean = TimeSpan.FromSeconds(5), BootDeviation = TimeSpan.Zero }],
            Images = [new ImageSpec { Id = Image }],
        };
        var world = WorldBuilder.Build(spec, seed: 11, new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));
        return new ProvingHosts(await SandboxHost.StartAsync(new SandboxOptions { World = world, Speed = 20 }), machine, rootDevice);
    }

    /// <summary>Hears of an instance that was launched: the one that packer builds on, whose volume's size the image keeps, or the one that proves.</summary>
    public void Launch(string instance, NameValueCollection asked)
    {
        if (asked["IamInstanceProfile.Name"] != Profile)
        {
            _rootGiB = int.Parse(asked["BlockDeviceMapping.1.Ebs.VolumeSize"]!, CultureInfo.InvariantCulture);
            return;
        }

        // Once, however often it is asked for; EC2 does not wait until an instance has booted.
        _booted.GetOrAdd(instance, _ => new Lazy<Task<string>>(() => BootAsync(instance, asked)));
        _ = _booted[instance].Value;
    }

    /// <returns>The instance's id in the sandbox.</returns>
    private async Task<string> BootAsync(string instance, NameValueCollection asked)
    {
        var root = Path.Combine(_folder.FullName, instance);
        await CopyAsync(root);
        lock (_sandbox.World.Gate)
        {
            _sandbox.World.Cloud.Put(_sandbox.World.Cloud.Images[Image] with { Host = Booted(root, asked) });
        }

        var order = new InstanceOrder { ImageId = Image, InstanceType = "m6i.large", InstanceProfile = Profile, Tags = ImmutableSortedDictionary<string, string>.Empty, Token = instance };
        return await _account.Builds.LaunchAsync(order, default);
    }

    /// <summary>Answers a call to Systems Manager.</summary>
    public async Task AnswerAsync(HttpContext context, string body)
    {
        var (there, boot) = _booted.Single();
        if (!boot.Value.IsCompleted)
        {
            // Its agent has not registered yet.
            context.Response.ContentType = "application/x-amz-json-1.1";
            await context.Response.WriteAsync("""{"InstanceInformationList": []}""", context.RequestAborted);
            return;
        }

        var here = await boot.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, _sandbox.AwsEndpoint) { Content = new StringContent(body.Replace(there, here, StringComparison.Ordinal)) };
        foreach (var name in new[] { "Authorization", "X-Amz-Date", "X-Amz-Target" })
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString());
        }

        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        using var answer = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await context.Response.WriteAsync((await answer.Content.ReadAsStringAsync(context.RequestAborted)).Replace(here, there, StringComparison.Ordinal), context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var boot in _booted.Values)
        {
            await boot.Value;
        }

        _account.Dispose();
        await _sandbox.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>What was built, without what lives in memory.</summary>
    private async Task CopyAsync(string root)
    {
        string[] memory = ["dev", "proc", "run", "sys", "tmp"];
        Directory.CreateDirectory(root);
        await Tool.RunAsync("cp", "/", ["-a", .. Directory.EnumerateFileSystemEntries(_machine.Root).Where(entry => !memory.Contains(Path.GetFileName(entry))), root]);
        foreach (var part in memory)
        {
            Directory.CreateDirectory(Path.Combine(root, part));
        }
    }

    /// <summary>What a kernel that booted this disk would have loaded and turned on.</summary>
    private HostFacts Booted(string root, NameValueCollection asked) => new()
    {
        Kubelet = "",
        Root = root,
        Modules = [.. Directory.EnumerateFiles(Path.Combine(root, "etc/modules-load.d"), "*.conf").SelectMany(File.ReadLines).Where(line => line.Length > 0 && line[0] != '#')],
        Swaps = [.. File.ReadLines(Path.Combine(root, "etc/fstab")).Select(line => line.Split(' ')).Where(words => words is [[not '#', ..], _, "swap", ..]).Select(words => words[0])],
        TokensRequired = asked["MetadataOptions.HttpTokens"] == "required",
        RootDevice = _rootDevice,
        RootGiB = _rootGiB,
    };
}
