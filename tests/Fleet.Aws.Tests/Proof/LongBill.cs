using System.Security.Cryptography;
using System.Text;

namespace Fleet.Aws.Tests.Proof;

/// <summary>A bill of materials that is longer than Systems Manager returns.</summary>
internal static class LongBill
{
    private const int Letters = 200_000;

    /// <summary>Writes 200,000 letters that hardly pack, and their SHA-256.</summary>
    public const string Script = """
        awk 'BEGIN { srand(7); for (i = 0; i < 200000; i++) printf "%c", 97 + int(rand() * 26) }' >/tmp/bill
        cat /tmp/bill
        echo " $(sha256sum </tmp/bill)"
        """;

    /// <summary>Whether a text is what the instance wrote, by the digest that it wrote with it.</summary>
    public static void ShouldBeWhole(string text)
    {
        text.Length.ShouldBeGreaterThan(Letters);
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text[..Letters]))).ShouldBe(text[Letters..].Split(' ')[1]);
    }
}
