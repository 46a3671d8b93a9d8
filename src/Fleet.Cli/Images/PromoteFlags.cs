using System.CommandLine;

namespace Fleet.Cli.Images;

/// <summary>The options of <c>fleet images promote</c>.</summary>
internal sealed class PromoteFlags
{
    private readonly Option<string?> _version = new("--version") { Description = "Which version; default the newest candidate", HelpName = "VERSION" };
    private readonly Option<bool> _skipSoak = new("--skip-soak") { Description = "Do not wait until the version has been in use for the recipe's promotion.after, as for a security fix; a person must approve the run then" };
    private readonly Option<bool> _wait = new("--wait") { Description = "Block until the run ends or stands; always so where it is driven in the foreground, on this machine's own store" };
    private readonly Option<string?> _key = new("--key") { Description = "Key of this order, e.g. a pipeline's build number: repeated, it finds the first run whatever has become of it, and orders no other", HelpName = "KEY" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_version, _skipSoak, _wait, _key])
        {
            command.Options.Add(option);
        }
    }

    public string? Version(ParseResult parsed) => parsed.GetValue(_version);

    public bool SkipsSoak(ParseResult parsed) => parsed.GetValue(_skipSoak);

    public bool Waits(ParseResult parsed) => parsed.GetValue(_wait);

    public string? Key(ParseResult parsed) => parsed.GetValue(_key);
}
