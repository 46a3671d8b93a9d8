using Fleet.Core.Runs;

namespace Fleet.Cli.Rotations;

/// <summary>What a journal says, for a terminal: what a script said may be a megabyte.</summary>
internal static class JournalText
{
    private const int Beginning = 3000;
    private const int End = 1000;

    /// <summary>The message; of a long one its beginning and its end, and where all of it is.</summary>
    public static string Of(JournalEntry entry) => entry.Message.Length <= Beginning + End
        ? entry.Message
        : $"{entry.Message[..Beginning]}\n… {entry.Message.Length - Beginning - End} characters more are in 'fleet runs events RUN -o json' …\n{entry.Message[^End..]}";
}
