using Fleet.Core.Images.Builds;

namespace Fleet.Tools.Tests.Packer;

/// <summary>An order as Fleet gives it.</summary>
internal static class Orders
{
    public static BuildOrder Of(string folder) => new()
    {
        Recipe = "worker",
        Version = "0123456789ab",
        Run = "run-1",
        ImageName = "fleet-worker-1.33.2-x86-64-0123456789ab",
        Region = "eu-central-1",
        Architecture = "x86_64",
        SourceImage = "ami-0123456789abcdef0",
        KubernetesVersion = "1.33.2",
        Folder = folder,
        Variables = new Dictionary<string, string> { ["root_volume_size"] = "40", ["containerd"] = """{"sha256":"00","version":"1.7.27"}""" },
        Tags = new Dictionary<string, string> { ["team"] = "platform" },
        Credentials = _ => Task.FromResult(new BuilderCredentials("AKIAEXAMPLE", "the+very/secret", "the-token", new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero))),
    };
}
