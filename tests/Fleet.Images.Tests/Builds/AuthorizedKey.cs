using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Fleet.Images.Tests.Builds;

/// <summary>The public half of an RSA key, as sshd reads it (RFC 4253, 6.6).</summary>
internal static class AuthorizedKey
{
    public static string Of(string privateKey)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(privateKey);
        var key = rsa.ExportParameters(includePrivateParameters: false);
        return $"ssh-rsa {Convert.ToBase64String([.. Field("ssh-rsa"u8), .. Number(key.Exponent!), .. Number(key.Modulus!)])}";
    }

    /// <summary>A number is signed there: with its highest bit set it takes a zero more.</summary>
    private static byte[] Number(byte[] bytes) => Field(bytes[0] < 0x80 ? bytes : [0, .. bytes]);

    private static byte[] Field(ReadOnlySpan<byte> bytes)
    {
        var field = new byte[4 + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(field, bytes.Length);
        bytes.CopyTo(field.AsSpan(4));
        return field;
    }
}
