using System.Text.Json.Nodes;
using Fleet.Images.Tests.Machines;
using Fleet.Infra.Tests.Tools;
using Fleet.Sdk.Tests.Moto;

namespace Fleet.Images.Tests.Builds;

/// <summary>An account in moto, what builds download, and machines that packer's instances are.</summary>
public sealed class BuildSite : IAsyncLifetime
{
    /// <summary>An image of moto's own. The images that it makes of instances have no root device of kind ebs, and packer refuses them as a base.</summary>
    public const string BaseImage = "ami-1e749f67";

    private readonly MotoServer _moto = new();
    private RecordedEc2 _ec2 = null!;
    private int _runs;

    /// <summary>What packer has asked EC2 for.</summary>
    internal RecordedEc2 Ec2 => _ec2;

    internal Supplies.Supplies Supplies { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _moto.InitializeAsync();
        _ec2 = await RecordedEc2.StartAsync(_moto.Url);
        Supplies = await Images.Tests.Supplies.Supplies.ServeAsync();
    }

    public async Task DisposeAsync()
    {
        await Supplies.DisposeAsync();
        await _ec2.DisposeAsync();
        await _moto.DisposeAsync();
    }

    /// <summary>Asks the account by the aws command.</summary>
    internal async Task<JsonNode> AskAsync(params string[] arguments) =>
        JsonNode.Parse(await Tool.RunAsync("aws", "/", ["--endpoint-url", _moto.Url, "--region", "eu-west-1", "--output", "json", "ec2", .. arguments],
            new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "testing", ["AWS_SECRET_ACCESS_KEY"] = "testing" }))!;

    /// <summary>Makes an instance profile, which EC2 wants to be there before an instance has it.</summary>
    internal Task MakeProfileAsync(string name) => Tool.RunAsync("aws", "/", ["--endpoint-url", _moto.Url, "--region", "eu-west-1", "iam", "create-instance-profile", "--instance-profile-name", name],
        new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "testing", ["AWS_SECRET_ACCESS_KEY"] = "testing" });

    /// <summary>A worker's variables with the digests of what is served.</summary>
    internal JsonObject Worker()
    {
        var variables = Recipes.Worker();
        variables["kubernetes_repository"] = new JsonObject { ["url"] = $"{Supplies.Url}/kubernetes", ["key_url"] = $"{Supplies.Url}/key.asc", ["key_sha256"] = Supplies.Digest("key.asc") };
        variables["containerd"] = Supplies.Artifact("2.1.4", "containerd.tar.gz");
        variables["runc"] = Supplies.Artifact("1.3.0", "runc");
        variables["ecr_credential_provider"] = Supplies.Artifact("1.34.0", "ecr-credential-provider");
        variables["ssm_agent"] = Supplies.Artifact("3.3.1957.0", "amazon-ssm-agent_3.3.1957.0-1_amd64.deb");
        variables["images"] = new JsonArray("images.example.com/pause:3.10", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/spark:3.5.3");
        variables["packages"] = new JsonArray("nfs-common", "htop=3.2.2-2");
        // moto has an image of Ubuntu's; what runs is the machine at hand.
        variables["source_owners"] = new JsonArray("099720109477");
        variables["source_name"] = "ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-ARCH-server-*";
        variables["root_device_name"] = "/dev/sda1";
        return variables;
    }

    /// <summary>Spark's variables with the digests of what is served.</summary>
    internal JsonObject Spark()
    {
        var variables = Recipes.Spark();
        variables["source_ami"] = BaseImage;
        variables["root_device_name"] = "/dev/sda1";
        variables["jdk"] = Supplies.Artifact("17.0.13+11", "jdk.tar.gz");
        variables["hadoop"] = Supplies.Artifact("3.4.1", "hadoop.tar.gz");
        return variables;
    }

    /// <summary>Builds on a machine: boots it, has packer build, and ends it.</summary>
    internal async Task<Built> BuildAsync(Machine machine, string template, JsonObject variables)
    {
        var folder = Directory.CreateTempSubdirectory("fleet-manifest-");
        await machine.BootAsync(_ec2.Keys);
        try
        {
            var run = Prepare(variables, machine.Port);
            var manifest = Path.Combine(folder.FullName, "manifest.json");
            variables["manifest"] = manifest;
            var (exit, output, error) = await Packer.BuildAsync(template, "debian-12", variables);
            return new Built(run, exit, output + error, File.Exists(manifest) ? JsonNode.Parse(await File.ReadAllTextAsync(manifest)) : null);
        }
        finally
        {
            await machine.StopAsync();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Points a build at this account and at a machine's port; gives back its run.</summary>
    internal string Prepare(JsonObject variables, int port)
    {
        var run = $"run-{++_runs}";
        variables["run"] = run;
        variables["ami_name"] = $"{variables["ami_name"]}-{run}";
        variables["ec2_endpoint"] = _ec2.Url;
        variables["ssh_host"] = "127.0.0.1";
        variables["ssh_port"] = port;
        variables["poll_seconds"] = 1;
        return run;
    }
}
