using System.CommandLine;
using Fleet.Core.Access;
using Fleet.Core.Runs;

namespace Fleet.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Commands() => [.. All];

    /// <summary>Examples that need a world of their own or never end by themselves; <see cref="Demo.DemoTests"/>, <see cref="Serving.ServeTests"/>, the rehearsals, <see cref="ImagesGcTests"/>, <see cref="ImagesPromoteTests"/> and Fleet.Images.Tests run what they do.</summary>
    private static readonly string[] Worldly = ["demo", "images build", "images promote", "images gc --apply --yes --wait --server", "login", "rotate", "runs watch", "serve"];

    public static TheoryData<string> Examples() => [.. AllExamples.Where(example => !IsWorldly(example))];

    public static TheoryData<string> WorldlyExamples() => [.. AllExamples.Where(IsWorldly)];

    private static IEnumerable<string> AllExamples =>
        [.. All.SelectMany(path => Lines(Help(path).Output).SkipWhile(line => line != "Examples:").Skip(1).Where(line => line.Length > 0).Select(line => line.Trim()))];

    private static IEnumerable<string> All => Paths(Program.Root(Context), "fleet");

    private static CliContext Context => new() { Input = TextReader.Null, Output = TextWriter.Null, Error = TextWriter.Null };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_a_help_that_says_what_it_does(string path)
    {
        var help = Help(path);

        help.ExitCode.ShouldBe(0);
        help.Output.ShouldContain("Description:");
        help.Output.ShouldContain("Usage:");
    }

    [Fact]
    public void Every_command_that_does_something_has_examples() =>
        All.Where(path => path is not "fleet" and not "fleet images" and not "fleet runs" and not "fleet keys" and not "fleet audit" and not "fleet schedules" and not "fleet contexts").ShouldAllBe(path => Help(path).Output.Contains("Examples:"));

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_example_works_as_it_stands(string example)
    {
        using var shell = new Shell();
        await shell.DeclareAsync();
        if (example.Contains("delete cluster"))
        {
            await shell.RunAsync("fleet delete pool workers --yes");
            await shell.RunAsync("fleet delete pool batch --yes");
        }

        if (example.Contains("contexts"))
        {
            shell.Variables["FLEET_CONFIG"] = shell.WriteSecret("config.json", """{"current": "prod", "contexts": [{"name": "prod", "server": "https://fleet.example.com", "token": "fleet_x"}]}""");
        }

        if (example.Contains("schedules "))
        {
            await shell.RunAsync("fleet apply -f - --yes", Documents.Monthly);
        }

        if (example.Contains(" weekly"))
        {
            await shell.RunAsync("fleet apply -f - --yes", Documents.Weekly);
        }

        if (example.Contains("keys revoke") || example.Contains("keys assign"))
        {
            await shell.KeepAsync(new ApiKey { Id = "0123456789ab", Name = "ci", Hash = "77", Grants = [], Created = DateTimeOffset.UnixEpoch, Expires = DateTimeOffset.UnixEpoch });
        }

        if (example.Contains(" RUN") || example.Contains("why prod/"))
        {
            var gate = new Reason { Code = RequestRules.ApprovalNeeded, Sentence = "It waits for a person.", Object = "run RUN" };
            await shell.StartRunAsync("RUN", example.Contains("resume") ? RunPhase.Paused : example.Contains("approve") ? RunPhase.Stopped : RunPhase.Running, "workers", gate);
        }

        shell.Answer = "yes";
        var (line, input) = (example, "");
        if (example.StartsWith("cat prod.yaml | ", StringComparison.Ordinal))
        {
            (line, input) = (example["cat prod.yaml | ".Length..], Documents.Prod);
        }

        var parts = Documents.Prod.Split("---\n", 2);
        var files = new Dictionary<string, string> { ["prod.yaml"] = Documents.Prod, ["cluster.yaml"] = parts[0], ["pools.yaml"] = parts[1] };
        var words = line.Split(' ')[1..].Select(word => files.TryGetValue(word, out var text) ? shell.Write(word, text) : word).ToArray();
        if (input.Length > 0)
        {
            shell.Answer = null;
        }

        words = [.. words.Select(word => word == "calls.jsonl" ? shell.StatePath + ".jsonl" : word)];
        var ran = words[0] == "sandbox" ? await shell.ServeAsync(words, _ => Task.CompletedTask) : await shell.RunAsync(words, input);

        ran.ExitCode.ShouldBe(0, ran.Error);
    }

    [Theory]
    [MemberData(nameof(WorldlyExamples))]
    public void Every_example_of_a_command_that_needs_a_world_is_understood(string example) =>
        Program.Root(Context).Parse(example.Split(" < ")[0].Split(' ')[1..]).Errors.ShouldBeEmpty();

    private static bool IsWorldly(string example) => Worldly.Any(command => example.StartsWith($"fleet {command}", StringComparison.Ordinal));

    private static Ran Help(string path)
    {
        using var shell = new Shell();
        return shell.RunAsync($"{path} --help").GetAwaiter().GetResult();
    }

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(child => Paths(child, $"{path} {child.Name}")).Prepend(path);

    private static string[] Lines(string text) => text.Split('\n').Select(line => line.TrimEnd()).ToArray();
}
