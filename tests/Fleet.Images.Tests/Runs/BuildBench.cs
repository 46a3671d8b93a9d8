using System.Text.Json.Nodes;
using Fleet.Images.Tests.Builds;
using Fleet.Infra.Tests.Tools;

namespace Fleet.Images.Tests.Runs;

/// <summary>A folder with a recipe and its template, a state file, and an account in moto.</summary>
internal sealed class BuildBench : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-builds-");

    private BuildBench()
    {
    }

    public BuildSite Site { get; } = new();

    public string Folder => _folder.FullName;

    /// <summary>Whether packer's provisioner may end; until then it waits.</summary>
    private string Gate => Path.Combine(Folder, "go");

    /// <summary>A template that builds on a machine that nobody logs in to, and waits at its provisioner until it may go on.</summary>
    public static async Task<BuildBench> WaitingAsync() => await OpenAsync("""
          communicator = "none"
        """, gate => $$"""
          provisioner "shell-local" {
            inline = ["while [ ! -e {{gate}} ]; do sleep 0.1; done"]
          }
        """, "  variables: {}");

    /// <summary>A template that logs in to a machine by SSH and runs a script there.</summary>
    public static async Task<BuildBench> OverSshAsync(int port) => await OpenAsync("""
          communicator  = "ssh"
          ssh_username  = "admin"
          ssh_host      = var.ssh_host
          ssh_port      = var.ssh_port
        """, _ => """
          provisioner "shell" {
            inline = ["echo recipe=$RECIPE | sudo tee /etc/built-by-fleet"]
            environment_vars = ["RECIPE=${var.recipe}"]
          }
        """, $"  variables: {{ssh_host: 127.0.0.1, ssh_port: {port}}}");

    /// <summary>packer/worker, on a machine that is logged in to by SSH; its images are proved on the disk that comes of it.</summary>
    /// <param name="port">The machine's.</param>
    /// <param name="sabotage">What the provisioning does in the end, though it should not; null for nothing.</param>
    public static async Task<BuildBench> WorkerAsync(int port, string? sabotage)
    {
        var bench = new BuildBench();
        await bench.Site.InitializeAsync();
        await bench.Site.MakeProfileAsync(ProvingHosts.Profile);
        Directory.CreateDirectory(Path.Combine(bench.Folder, "packer"));
        await Tool.RunAsync("cp", "/", ["-a", Tool.Path("packer/worker"), Path.Combine(bench.Folder, "packer/worker")]);
        await File.AppendAllTextAsync(Path.Combine(bench.Folder, "packer/worker/scripts/90-facts.sh"), sabotage ?? "");

        var variables = bench.Site.Worker();
        foreach (var name in (string[])["recipe", "image_version", "run", "ami_name", "region", "arch", "kubernetes_version", "source_owners", "source_name"])
        {
            variables.Remove(name);
        }

        (variables["ssh_host"], variables["ssh_port"], variables["poll_seconds"]) = ("127.0.0.1", port, 1);
        await bench.DeclareAsync($$"""
            apiVersion: fleet/v1
            kind: Recipe
            metadata: {name: worker}
            spec:
              account: "123456789012"
              template: {folder: worker, variableFiles: [debian-12.pkrvars.hcl]}
              kubernetesVersion: 1.34.2
              base: {id: {{BuildSite.BaseImage}}}
              regions: [eu-west-1]
              variables: {{variables.ToJsonString()}}
              proof:
                instanceProfile: {{ProvingHosts.Profile}}
                sbom: {name: packages, script: "dpkg-query --show"}

            """);
        return bench;
    }

    public void LetGo() => File.WriteAllText(Gate, "");

    public FleetCommand Start(params string[] arguments) => new(Folder, Site.Ec2.Url, arguments);

    public async Task<(int Exit, string Said)> RunAsync(params string[] arguments)
    {
        using var command = Start(arguments);
        return await command.EndAsync();
    }

    public async Task<JsonNode> AskAsync(params string[] arguments)
    {
        var (exit, said) = await RunAsync([.. arguments, "-o", "json"]);
        exit.ShouldBe(0, said);
        return JsonNode.Parse(said)!;
    }

    /// <summary>The account's own images of recipes.</summary>
    public async Task<IReadOnlyList<JsonNode>> ImagesAsync() => [.. (await Site.AskAsync("describe-images", "--owners", "self", "--filters", "Name=name,Values=fleet-*"))["Images"]!.AsArray().Select(image => image!)];

    /// <summary>What builds have left beside images.</summary>
    public async Task<IReadOnlyList<string>> LeftAsync() =>
    [
        .. (await Site.AskAsync("describe-instances", "--filters", "Name=instance-state-name,Values=pending,running,stopping,stopped"))["Reservations"]!.AsArray().Select(reservation => $"{reservation!["Instances"]![0]!["InstanceId"]}"),
        .. (await Site.AskAsync("describe-key-pairs"))["KeyPairs"]!.AsArray().Select(key => $"{key!["KeyName"]}"),
        .. (await Site.AskAsync("describe-security-groups", "--filters", "Name=group-name,Values=packer_*"))["SecurityGroups"]!.AsArray().Select(group => $"{group!["GroupName"]}"),
        .. (await Site.AskAsync("describe-volumes"))["Volumes"]!.AsArray().Select(volume => $"{volume!["VolumeId"]}"),
    ];

    public string WriteTemplate(string text) => Write("packer/tiny/tiny.pkr.hcl", text);

    public async ValueTask DisposeAsync()
    {
        LetGo();
        await Site.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<BuildBench> OpenAsync(string communicator, Func<string, string> provisioner, string variables)
    {
        var bench = new BuildBench();
        await bench.Site.InitializeAsync();
        bench.WriteTemplate(Template.Replace("COMMUNICATOR", communicator, StringComparison.Ordinal).Replace("PROVISIONER", provisioner(bench.Gate), StringComparison.Ordinal));
        await bench.DeclareAsync($$"""
            apiVersion: fleet/v1
            kind: Recipe
            metadata: {name: tiny}
            spec:
              account: "123456789012"
              template: {folder: tiny}
              kubernetesVersion: 1.33.2
              base: {id: {{BuildSite.BaseImage}}}
              regions: [eu-west-1]
              tags: {team: platform}
            {{variables}}

            """);
        return bench;
    }

    private async Task DeclareAsync(string recipe)
    {
        Write("recipe.yaml", recipe);
        var (exit, said) = await RunAsync("apply", "-f", "recipe.yaml", "--yes");
        exit.ShouldBe(0, said);
    }

    private string Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    private const string Template = """
        variable "recipe" { type = string }
        variable "image_version" { type = string }
        variable "run" { type = string }
        variable "ami_name" { type = string }
        variable "tags" { type = map(string) }
        variable "manifest" { type = string }
        variable "region" { type = string }
        variable "ec2_endpoint" { type = string }
        variable "arch" { type = string }
        variable "kms_key_id" { type = string }
        variable "source_ami" { type = string }
        variable "kubernetes_version" { type = string }
        variable "ssh_host" {
          type    = string
          default = ""
        }
        variable "ssh_port" {
          type    = number
          default = 22
        }

        source "amazon-ebs" "tiny" {
          region                  = var.region
          custom_endpoint_ec2     = var.ec2_endpoint
          skip_region_validation  = true
          source_ami              = var.source_ami
          instance_type           = "t3.micro"
          ami_name                = var.ami_name
          temporary_key_pair_name = "fleet-${var.run}"
          run_tags                = { "fleet:run" = var.run }
          run_volume_tags         = { "fleet:run" = var.run }
          snapshot_tags           = { "fleet:run" = var.run }
          tags                    = merge(var.tags, { "fleet:run" = var.run, "fleet:recipe" = var.recipe, "fleet:version" = var.image_version })
        COMMUNICATOR
          aws_polling {
            delay_seconds = 1
            max_attempts  = 120
          }
        }

        build {
          sources = ["source.amazon-ebs.tiny"]
        PROVISIONER
        }

        """;
}
