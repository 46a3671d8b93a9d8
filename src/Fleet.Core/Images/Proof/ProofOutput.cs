using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Fleet.Core.Images.Proof;

/// <summary>
/// What a script said that is longer than one command returns, as far as it was fetched. The instance keeps it, packed (gzip, base64), and shows it a piece a command: GetCommandInvocation returns the first 24,000 characters of the standard output and
/// 8,000 of the standard error (AWS Systems Manager API Reference, "GetCommandInvocation").
/// </summary>
public sealed partial record ProofOutput
{
    /// <summary>How much of a script's standard output is kept, from its beginning: 1 MiB.</summary>
    public const int MostOutput = 1 << 20;

    /// <summary>How much of its standard error is kept, up to its end, which says why it failed: 64 KiB.</summary>
    public const int MostErrors = 1 << 16;

    /// <summary>Characters of a piece: the first one stands behind a line of what there is.</summary>
    internal const int Piece = 22_000;

    /// <summary>What cannot be packed grows by base64 and gzip's frame; nothing on an instance makes Fleet fetch more.</summary>
    private const int MostPacked = (MostOutput + MostErrors) / 2 * 3;

    /// <summary>The script's exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Bytes of its standard output in all.</summary>
    public required long Output { get; init; }

    /// <summary>Bytes of its standard error in all.</summary>
    public required long Errors { get; init; }

    /// <summary>Characters to fetch.</summary>
    public required int Length { get; init; }

    /// <summary>SHA-256 of what is kept, output before errors, in hexadecimal digits.</summary>
    public required string Digest { get; init; }

    /// <summary>The pieces that were fetched, one behind the other: where they end, the next one begins.</summary>
    public string Fetched { get; init; } = "";

    /// <summary>Why a piece could not be fetched; null where none was missed.</summary>
    public string? Broken { get; init; }

    /// <summary>Whether there is nothing more to fetch.</summary>
    public bool Ended => Broken is not null || Fetched.Length >= Length;

    /// <summary>Reads what a script's command returned.</summary>
    /// <returns>What there is to fetch, with the first piece; null where the command returned everything itself.</returns>
    public static ProofOutput? Of(ScriptResult result)
    {
        if (result.End != ScriptEnd.Exited || Head().Match(result.Output) is not { Success: true } head)
        {
            return null;
        }

        return new ProofOutput
        {
            ExitCode = result.ExitCode,
            Output = Number(1),
            Errors = Number(2),
            Length = (int)Math.Min(Number(3), MostPacked),
            Digest = head.Groups[4].Value,
            Fetched = result.Output[head.Length..].Trim(),
        };

        long Number(int group) => long.Parse(head.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>The same with what came of the command for the next piece.</summary>
    public ProofOutput With(ScriptResult piece) => piece is { End: ScriptEnd.Exited, ExitCode: 0 } && piece.Output.Trim() is { Length: > 0 } more
        ? this with { Fetched = Fetched + more }
        : this with { Broken = $"the piece from character {Fetched.Length} on: {(piece.End == ScriptEnd.Exited ? $"exit code {piece.ExitCode} {piece.Errors}".Trim() : piece.End)}" };

    /// <summary>The script's end with all that it said.</summary>
    /// <returns>It; with <see cref="ScriptEnd.Unread"/> where the pieces do not make up what the instance has.</returns>
    public ScriptResult Whole()
    {
        if (Broken is not null)
        {
            return Unread(Broken);
        }

        var kept = (int)Math.Min(Output, MostOutput);
        var bytes = new byte[kept + Math.Min(Errors, MostErrors)];
        try
        {
            using var packed = new GZipStream(new MemoryStream(Convert.FromBase64String(Fetched)), CompressionMode.Decompress);
            packed.ReadExactly(bytes);
        }
        catch (Exception garbled) when (garbled is FormatException or InvalidDataException or EndOfStreamException)
        {
            return Unread(garbled.Message);
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (digest != Digest)
        {
            return Unread($"its SHA-256 is {digest}, and the instance says {Digest}");
        }

        return new ScriptResult(ScriptEnd.Exited, ExitCode, Encoding.UTF8.GetString(bytes.AsSpan(0, kept)), Encoding.UTF8.GetString(bytes.AsSpan(kept)), Output - kept);
    }

    private static ScriptResult Unread(string why) => new(ScriptEnd.Unread, -1, "", why);

    [GeneratedRegex(@"\Afleet-output ([0-9]{1,15}) ([0-9]{1,15}) ([0-9]{1,9}) ([0-9a-f]{64})\n")]
    private static partial Regex Head();
}
