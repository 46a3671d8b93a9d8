using System.CommandLine;

namespace Fleet.Cli.Images;

/// <summary>The options of <c>fleet images promote</c>.</summary>
internal sealed class PromoteFlags
{
    private readonly Option<string?> _version = new("--version") { Description = "Which version; default the newest candidate", HelpName = "VERSION" };
    private readonly Option<bool> _skipSoak = new("--skip-soak") { Description = "Do not wait until the version has been in use for the recipe's promotion.after, as for a security fix; a person must approve the run then" };
    private readonly Option<bool> _wait = new("--wait") { Description = "Block until the run ends or stands; always so where it is driven in the foreground, on this machine's own store" };
    private readonly Option<string?> _key = new("--key") { Description = "Key of this order, e.g. a pipeline's build number: repeated, it finds the first run whatever has become of it, and orders no other", HelpName = "KEY" };

    private readonly Option<string?> _whenUnderWay = new("--when-under-way") { Description = "On a server, where the version is being promoted: refuse (default), queue until that has ended, or supersede it, as to wait no longer", HelpName = "WHAT" };

    public PromoteFlags() => _whenUnderWay.AcceptOnlyFromAmong("refuse", "queue", "supersede");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_version, _skipSoak, _wait, _key, _whenUnderWay])
        {
            command.Options.Add(option);
        }
    }

    public string? Version(ParseResult parsed) => parsed.GetValue(_version);

    public bool SkipsSoak(ParseResult parsed) => parsed.GetValue(_skipSoak);

    public bool Waits(ParseResult parsed) => parsed.GetValue(_wait);

    public string? Key(ParseResult parsed) => parsed.GetValue(_key);

    /// <summary>What becomes of the order where the version is being promoted; null where nothing is said of it.</summary>
    public string? WhenUnderWay(ParseResult parsed) => parsed.GetValue(_whenUnderWay);

    /// <summary>Refuses what only a server can do.</summary>
    /// <exception cref="RefusedException">It is asked for.</exception>
    public void RefuseOnThisMachine(ParseResult parsed)
    {
        if (WhenUnderWay(parsed) is { } asked)
        {
            throw RefusedException.Because("conflict", _whenUnderWay.Name, asked, "with a server", $"{_whenUnderWay.Name} is a server's: here the command itself drives the promotion; 'fleet runs cancel' the other one first");
        }
    }
}
