using System.Text;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cloud.Hosts;

namespace Fleet.Sandbox.Hosts;

/// <summary>What stands in a host's files after its first boot.</summary>
internal static class HostFiles
{
    /// <summary>Files of the disk.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(Instance instance, HostFacts facts)
    {
        var name = instance.PrivateDnsName.Split('.')[0];
        var files = new Dictionary<string, string>
        {
            ["etc/passwd"] = "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
            ["etc/group"] = "root:x:0:\nnogroup:x:65534:\n",
            ["etc/nsswitch.conf"] = "passwd: files\ngroup: files\nhosts: files\n",
            ["etc/hosts"] = $"127.0.0.1 localhost\n{instance.PrivateIp} {instance.PrivateDnsName} {name}\n",
            ["etc/hostname"] = name + "\n",
            ["etc/machine-id"] = instance.Id[2..].PadLeft(32, '0') + "\n",
            ["etc/os-release"] = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\nID=debian\n",
            ["etc/debian_version"] = "12.11\n",
            ["etc/fstab"] = "UUID=4a1c5f0e-0000-4000-8000-000000000001 / ext4 rw,discard,errors=remount-ro 0 1\n",
            ["var/lib/dpkg/status"] = Packages(facts),
        };
        foreach (var (path, text) in facts.Files)
        {
            files[path.TrimStart('/')] = text;
        }

        return files;
    }

    /// <summary>Files of the state.</summary>
    public static IEnumerable<KeyValuePair<string, string>> StateOf(Instance instance, HostFacts facts, string region)
    {
        yield return new("instance", instance.Id + "\n");
        yield return new("region", region + "\n");
        yield return new("versions/kubelet", facts.Kubelet);
        yield return new("versions/kubeadm", facts.Kubeadm ?? facts.Kubelet);
        yield return new("versions/kubectl", facts.Kubectl ?? facts.Kubelet);
        yield return new("versions/containerd", facts.Containerd);
        yield return new("versions/runc", facts.Runc);
        if (facts.Root is not null)
        {
            yield return new("whole", "");
        }

        yield return new("modules", string.Concat(facts.Modules.Select(module => $"{module} 16384 0 - Live 0x0000000000000000\n")));
        yield return new("loadable", Lines(facts.LoadableModules));
        yield return new("swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n" + string.Concat(facts.Swaps.Select(swap => $"{swap,-40}{"file",-16}1048572\t\t0\t\t-2\n")));
        yield return new("cgroup", facts.Cgroup + "\n");
        yield return new("listening", Lines(facts.Listening));
        yield return new("disk/source", "/dev/nvme0n1p1\n");
        yield return new("disk/size", $"{(long)facts.RootGiB << 30}\n");
        yield return new("disk/avail", $"{(long)facts.FreeMiB << 20}\n");
        foreach (var (unit, service) in facts.Services)
        {
            yield return new($"units/{unit}", $"{service.Enabled} {service.Active} {service.Active}\n");
        }

        yield return new("imds/tokens-required", facts.TokensRequired ? "true\n" : "false\n");
        foreach (var (path, value) in ((string, string)[])
        [
            ("instance-id", instance.Id), ("ami-id", instance.ImageId), ("instance-type", instance.InstanceType), ("local-ipv4", instance.PrivateIp), ("local-hostname", instance.PrivateDnsName),
            ("placement/availability-zone", instance.Zone), ("placement/region", region), ("block-device-mapping/ami", facts.RootDevice), ("block-device-mapping/root", facts.RootDevice),
        ])
        {
            yield return new($"imds/latest/meta-data/{path}", value);
        }
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static string Packages(HostFacts facts)
    {
        var status = new StringBuilder();
        foreach (var (package, version) in ((string, string)[])[("kubelet", facts.Kubelet), ("kubeadm", facts.Kubeadm ?? facts.Kubelet), ("kubectl", facts.Kubectl ?? facts.Kubelet)])
        {
            status.Append($"Package: {package}\nStatus: {(facts.Held.Contains(package) ? "hold" : "install")} ok installed\nMaintainer: Kubernetes\nArchitecture: amd64\nVersion: {version}-1.1\nDescription: {package}\n\n");
        }

        return status.ToString();
    }
}
