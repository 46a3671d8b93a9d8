using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fleet.Aws;
using Fleet.Core.Builds;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;
using Fleet.Hosting.Builds;
using Fleet.Hosting.Settings;
using Fleet.Storage;
using Fleet.Tools.Templates;

namespace Fleet.Benchmarks.Images;

/// <summary>The same template built by packer alone and by Fleet with packer, in turn, on moto's EC2: what Fleet's checks, records and clearing cost. Needs moto_server and packer.</summary>
internal static partial class BuildBenchmark
{
    private const string Account = "123456789012";
    private const string Region = "eu-west-1";
    private const string Base = "ami-1e749f67";

    private static readonly Dictionary<string, string> Keys = new() { ["AWS_ACCESS_KEY_ID"] = "testing", ["AWS_SECRET_ACCESS_KEY"] = "testing", ["CHECKPOINT_DISABLE"] = "1" };

    public static async Task<int> RunAsync(int seconds, int rounds, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("fleet-images-build-");
        using var moto = Process.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", "0"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        try
        {
            var endpoint = await ListeningAsync(moto).ConfigureAwait(false);
            var template = Directory.CreateDirectory(Path.Combine(folder.FullName, "tiny")).FullName;
            await File.WriteAllTextAsync(Path.Combine(template, "tiny.pkr.hcl"), Template.Replace("SECONDS", $"{seconds}", StringComparison.Ordinal)).ConfigureAwait(false);
            var (bare, fleet) = (new List<TimeSpan>(), new List<TimeSpan>());
            for (var round = 0; round < rounds; round++)
            {
                bare.Add(await TimedAsync(() => BareAsync(folder.FullName, template, endpoint, round)).ConfigureAwait(false));
                fleet.Add(await TimedAsync(() => FleetAsync(folder.FullName, template, endpoint, round)).ConfigureAwait(false));
            }

            var (alone, with) = (Median(bare), Median(fleet));
            output.WriteLine($"images-build: a template that works for {seconds} s, {rounds} builds each, medians");
            output.WriteLine($"  packer build {alone.TotalSeconds:0.00} s, fleet {with.TotalSeconds:0.00} s: {with / alone:0.000} times, {(with - alone).TotalSeconds:0.00} s more (check of the template included)");
            return 0;
        }
        finally
        {
            moto.Kill(entireProcessTree: true);
            folder.Delete(recursive: true);
        }
    }

    private static async Task BareAsync(string folder, string template, Uri endpoint, int round)
    {
        var variables = new JsonObject
        {
            ["recipe"] = "tiny",
            ["image_version"] = $"{round}",
            ["run"] = $"bare-{round}",
            ["ami_name"] = $"bare-{round}",
            ["tags"] = new JsonObject(),
            ["manifest"] = "",
            ["region"] = Region,
            ["ec2_endpoint"] = endpoint.AbsoluteUri.TrimEnd('/'),
            ["arch"] = "amd64",
            ["kms_key_id"] = "",
            ["source_ami"] = Base,
            ["kubernetes_version"] = "1.33.2",
        };
        var file = Path.Combine(folder, "bare.pkrvars.json");
        await File.WriteAllTextAsync(file, variables.ToJsonString()).ConfigureAwait(false);
        var start = new ProcessStartInfo("packer", ["build", "-machine-readable", $"-var-file={file}", template]) { RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (var (name, value) in Keys)
        {
            start.Environment[name] = value;
        }

        using var packer = Process.Start(start)!;
        var said = await packer.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await packer.WaitForExitAsync().ConfigureAwait(false);
        if (packer.ExitCode != 0)
        {
            throw new InvalidOperationException(said);
        }
    }

    /// <summary>What `fleet images build --yes` does, without the start of the command.</summary>
    private static async Task FleetAsync(string folder, string template, Uri endpoint, int round)
    {
        var recipe = new RecipeSpec { Name = "tiny", Account = Account, Template = new RecipeTemplate { Folder = "tiny" }, KubernetesVersion = "1.33.2", Base = new BaseImage { Id = Base }, Regions = [Region] };
        using var store = new SqliteStore(Path.Combine(folder, "fleet.db"));
        var options = new BuildOptions
        {
            Policy = TimeProvider.System,
            Seed = round,
            Images = new ImageSettings { Templates = new Dictionary<string, TemplateSettings> { ["tiny"] = new(template, Trusted: true) }, BaseOwners = null },
            Account = cluster => new AwsOptions { Region = cluster.Region, Endpoint = endpoint, AccessKeyId = "testing", SecretAccessKey = "testing" },
        };
        using var host = new BuildHost(store, store, options, "benchmark");
        var (plan, errors) = await host.CheckAsync(recipe, again: true, CancellationToken.None).ConfigureAwait(false);
        var spec = new BuildSpec { Recipe = recipe, Again = true, Accepted = plan?.Source.Digest ?? throw new InvalidOperationException(string.Join("; ", errors)) };
        var run = await store.CreateAsync(host.Prepare(spec, "benchmark", null), CancellationToken.None).ConfigureAwait(false);
        var ended = await host.DriveAsync(run, CancellationToken.None).ConfigureAwait(false);
        if (ended.Phase != RunPhase.Succeeded)
        {
            throw new InvalidOperationException(string.Join("; ", ended.Reasons.Select(reason => reason.Sentence)));
        }
    }

    private static async Task<Uri> ListeningAsync(Process moto)
    {
        while (await moto.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (Address().Match(line) is { Success: true } match)
            {
                _ = moto.StandardError.ReadToEndAsync();
                return new Uri(match.Value);
            }
        }

        throw new InvalidOperationException("moto_server ended before it listened");
    }

    private static async Task<TimeSpan> TimedAsync(Func<Task> work)
    {
        var begun = Stopwatch.GetTimestamp();
        await work().ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(begun);
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

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

        source "amazon-ebs" "tiny" {
          region                  = var.region
          custom_endpoint_ec2     = var.ec2_endpoint
          skip_region_validation  = true
          source_ami              = var.source_ami
          instance_type           = "t3.micro"
          ami_name                = var.ami_name
          communicator            = "none"
          temporary_key_pair_name = "fleet-${var.run}"
          run_tags                = { "fleet:run" = var.run }
          tags                    = { "fleet:run" = var.run }
          aws_polling {
            delay_seconds = 1
            max_attempts  = 120
          }
        }

        build {
          sources = ["source.amazon-ebs.tiny"]
          provisioner "shell-local" {
            inline = ["sleep SECONDS"]
          }
        }

        """;
}
