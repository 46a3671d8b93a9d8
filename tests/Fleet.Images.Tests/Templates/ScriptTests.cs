using System.Text.RegularExpressions;
using Fleet.Infra.Tests.Tools;

namespace Fleet.Images.Tests.Templates;

public sealed partial class ScriptTests
{
    public static TheoryData<string> Templates => ["worker", "spark"];

    private static string[] All => Directory.GetFiles(Tool.Path("packer"), "*", SearchOption.AllDirectories);

    private static IEnumerable<string> Scripts => All.Where(file => file.Contains("/scripts/", StringComparison.Ordinal));

    [Fact]
    public async Task Shellcheck_has_nothing_to_say() =>
        (await Tool.RunAsync("shellcheck", Tool.Path("packer"), ["--severity=warning", "--shell=bash", .. Scripts])).ShouldBeEmpty();

    /// <summary>What the scripts write to the image are scripts too.</summary>
    [Fact]
    public async Task Shellcheck_has_nothing_to_say_to_scripts_in_scripts()
    {
        var inner = Scripts.SelectMany(script => HereDocument().Matches(File.ReadAllText(script)).Select(match => match.Groups[1].Value)).Where(text => text.StartsWith("#!", StringComparison.Ordinal)).ToList();

        inner.ShouldNotBeEmpty();
        foreach (var text in inner)
        {
            var file = Path.GetTempFileName();
            await File.WriteAllTextAsync(file, text);
            (await Tool.RunAsync("shellcheck", "/", ["--severity=warning", file])).ShouldBeEmpty();
            File.Delete(file);
        }
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Packer_finds_the_format_right(string template) => (await Tool.RunAsync("packer", Tool.Path($"packer/{template}"), ["fmt", "-check", "-diff", "."])).ShouldBeEmpty();

    [Fact]
    public void Every_script_stops_at_the_first_failure() =>
        Scripts.Where(script => script.EndsWith(".sh", StringComparison.Ordinal)).ShouldAllBe(script => File.ReadAllText(script).Contains("\nset -euo pipefail\n", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Templates))]
    public void Every_script_is_run(string template)
    {
        var listed = Quoted().Matches(Section(template, "  scripts = [")).Select(match => match.Groups[1].Value);

        listed.ShouldBe(Directory.GetFiles(Tool.Path($"packer/{template}/scripts"), "*.sh").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void Scripts_are_given_what_they_read_and_all_of_it_comes_from_variables(string template)
    {
        var environment = Quoted().Matches(Section(template, "  environment = [")).Select(match => match.Groups[1].Value.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var read = Directory.GetFiles(Tool.Path($"packer/{template}/scripts")).SelectMany(script => Variable().Matches(File.ReadAllText(script))).Select(match => match.Groups[1].Value)
            .Except(["VERSION_ID", "ID", "EOF"]).Distinct();

        environment.Keys.Order().ShouldBe(read.Order());
        environment.Values.ShouldAllBe(value => value.StartsWith("${", StringComparison.Ordinal));
    }

    /// <summary>A recipe's folder stands alone; what both need is in both, word by word.</summary>
    [Fact]
    public void The_templates_have_the_same_variables_of_the_account() =>
        File.ReadAllText(Tool.Path("packer/spark/variables.pkr.hcl")).ShouldBe(File.ReadAllText(Tool.Path("packer/worker/variables.pkr.hcl")));

    [Fact]
    public void Every_variable_is_in_the_docs()
    {
        var page = File.ReadAllText(Tool.Path("docs/images-packer.md"));

        All.Where(file => file.EndsWith(".pkr.hcl", StringComparison.Ordinal)).SelectMany(file => Declared().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value)
            .Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("shell-local")]
    [InlineData("required_plugins")]
    [InlineData("sensitive")]
    [InlineData("access_key")]
    [InlineData("secret_key")]
    [InlineData("ssh_password")]
    [InlineData("PRIVATE KEY")]
    [InlineData("--no-check-certificate")]
    [InlineData("--insecure")]
    [InlineData("--allow-unauthenticated")]
    [InlineData("trusted=yes")]
    [InlineData("apt-key")]
    public void Nothing_says(string word) => All.Where(file => File.ReadAllText(file).Contains(word, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();

    [Fact]
    public void Nothing_looks_like_a_secret()
    {
        foreach (var file in All)
        {
            Secret().Matches(File.ReadAllText(file)).Select(match => match.Value).ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void Nothing_is_downloaded_without_its_digest() =>
        Scripts.Where(script => Download().IsMatch(File.ReadAllText(script))).Select(Path.GetFileName).ShouldBe(["provisioning.bash"]);

    private static string Section(string template, string head)
    {
        var text = File.ReadAllText(Tool.Path($"packer/{template}/locals.pkr.hcl"));
        var start = text.IndexOf(head, StringComparison.Ordinal) + head.Length;
        return text[start..text.IndexOf("\n  ]", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"<<'EOF'\n(.*?)\nEOF\n", RegexOptions.Singleline)]
    private static partial Regex HereDocument();

    [GeneratedRegex(@"^    ""(.*)"",$", RegexOptions.Multiline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\$\{?([A-Z][A-Z0-9_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^variable ""(\w+)""", RegexOptions.Multiline)]
    private static partial Regex Declared();

    // An access key's id, or 40 characters of which a secret key is made.
    [GeneratedRegex(@"\b(AKIA|ASIA)[A-Z0-9]{16}\b|(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])")]
    private static partial Regex Secret();

    [GeneratedRegex(@"^\s*(curl|wget)\b", RegexOptions.Multiline)]
    private static partial Regex Download();
}
