using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Fleet.Core.Images.Proof;

namespace Fleet.Core.Tests.Images.Proof;

/// <summary>What an instance shows of a script that said much, by the proof's own script.</summary>
internal sealed record PackedOutput(string Head, string Text)
{
    private const int Piece = 22_000;

    public static PackedOutput Of(ScriptResult result)
    {
        var (output, errors) = (Encoding.UTF8.GetBytes(result.Output), Encoding.UTF8.GetBytes(result.Errors));
        byte[] kept = [.. output.Take(1 << 20), .. errors.TakeLast(1 << 16)];
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(kept);
        }

        var text = Convert.ToBase64String(packed.ToArray());
        return new PackedOutput($"fleet-output {output.Length} {errors.Length} {text.Length} {Convert.ToHexStringLower(SHA256.HashData(kept))}\n", text);
    }

    public string From(int offset) => Text[offset..Math.Min(offset + Piece, Text.Length)];
}
