using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fleet.Infra.Tests.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using static Fleet.Images.Tests.Supplies.FakePrograms;

namespace Fleet.Images.Tests.Supplies;

/// <summary>What a build downloads, made and served by the test: package repositories, archives, programs.</summary>
internal sealed class Supplies : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-supplies-");
    private WebApplication? _server;

    public string Url => _server!.Urls.Single();

    /// <summary>The public key of both repositories, ASCII armoured.</summary>
    public string Key { get; private set; } = "";

    public static async Task<Supplies> ServeAsync()
    {
        var supplies = new Supplies();
        using var key = await SigningKey.CreateAsync();
        supplies.Key = await key.PublicAsync();
        supplies.Put("key.asc", supplies.Key);
        await PackageRepository.PublishAsync(supplies.At("kubernetes"), key, KubernetesPackages());
        await PackageRepository.PublishAsync(supplies.At("archive"), key, DistributionPackages());
        supplies.Put("runc", Runc);
        supplies.Put("ecr-credential-provider", CredentialProvider);
        await new Package("amazon-ssm-agent", "3.3.1957.0-1", new Dictionary<string, string>
        {
            ["usr/bin/amazon-ssm-agent"] = "#!/bin/sh\n",
            ["lib/systemd/system/amazon-ssm-agent.service"] = Unit("/usr/bin/amazon-ssm-agent"),
        }).BuildAsync(supplies._folder.FullName);
        await supplies.ArchiveAsync("containerd.tar.gz", new() { ["bin/containerd"] = Containerd, ["bin/ctr"] = Ctr }, "bin");
        await supplies.ArchiveAsync("containerd-1.tar.gz", new() { ["bin/containerd"] = Containerd1, ["bin/ctr"] = Ctr }, "bin");
        await supplies.ArchiveAsync("jdk.tar.gz", new() { ["jdk-17.0.13+11/bin/java"] = Java }, "jdk-17.0.13+11");
        await supplies.ArchiveAsync("hadoop.tar.gz", new()
        {
            ["hadoop-3.4.1/share/hadoop/common/hadoop-common-3.4.1.jar"] = "jar",
            ["hadoop-3.4.1/lib/native/README"] = "no library, so that none is looked at",
        }, "hadoop-3.4.1");
        await supplies.ListenAsync();
        return supplies;
    }

    /// <summary>A release's file as a recipe declares it.</summary>
    public JsonObject Artifact(string version, string file) => new() { ["version"] = version, ["url"] = $"{Url}/{file}", ["sha256"] = Digest(file) };

    public string Digest(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(At(file))));

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static IEnumerable<Package> KubernetesPackages()
    {
        // A later patch release is there too, so that nothing but the exact version is right.
        foreach (var version in new[] { "1.34.1-1.1", "1.34.2-1.1", "1.34.3-1.1" })
        {
            yield return new Package("kubelet", version, new Dictionary<string, string>
            {
                ["usr/bin/kubelet"] = Kubelet,
                ["lib/systemd/system/kubelet.service"] = Unit("/usr/bin/kubelet"),
            }, "conntrack, kubernetes-cni (>= 1.2.0), socat");
            yield return new Package("kubeadm", version, new Dictionary<string, string> { ["usr/bin/kubeadm"] = Kubelet }, "cri-tools (>= 1.30.0)");
            yield return new Package("kubectl", version, new Dictionary<string, string> { ["usr/bin/kubectl"] = Kubelet });
        }

        foreach (var version in new[] { "1.7.1-1.1", "1.8.0-1.1" })
        {
            yield return new Package("kubernetes-cni", version, new Dictionary<string, string> { ["opt/cni/bin/loopback"] = "#!/bin/sh\n" });
        }

        yield return new Package("cri-tools", "1.34.0-1.1", new Dictionary<string, string> { ["usr/bin/crictl"] = "#!/bin/sh\n" });
    }

    /// <summary>The packages of Debian that the scripts ask for and the test's machine does not have.</summary>
    private static IEnumerable<Package> DistributionPackages() =>
    [
        .. new[] { "apparmor", "conntrack", "ethtool", "iptables", "socat" }.Select(name => new Package(name, "1-1", Nothing)),
        new("nfs-common", "1:2.6.2-4", Nothing),
        new("htop", "3.2.2-2", Nothing),
        // No script asks for it: what takes a package away from the machine is refused.
        new("taker", "1-1", Nothing, Conflicts: "openssh-server"),
        new("logrotate", "3.21.0-1", new Dictionary<string, string> { ["lib/systemd/system/logrotate.timer"] = "[Timer]\nOnCalendar=daily\n\n[Install]\nWantedBy=timers.target\n" }),
        new("chrony", "4.3-2+deb12u1", new Dictionary<string, string>
        {
            ["etc/chrony/chrony.conf"] = "pool 2.debian.pool.ntp.org iburst\n",
            ["lib/systemd/system/chrony.service"] = Unit("/usr/sbin/chronyd"),
        }, Conflicts: "systemd-timesyncd"),
    ];

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    private async Task ArchiveAsync(string name, Dictionary<string, string> files, string top)
    {
        foreach (var (path, text) in files)
        {
            Put($"{name}.d/{path}", text);
            File.SetUnixFileMode(At($"{name}.d/{path}"), (UnixFileMode)0b111_101_101);
        }

        await Tool.RunAsync("tar", _folder.FullName, ["--create", "--gzip", "--file", name, "--directory", $"{name}.d", top]);
    }

    private async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(_folder.FullName), ServeUnknownFileTypes = true });
        await _server.StartAsync();
    }
}
