using Fleet.Infra.Tests.Tools;

namespace Fleet.Images.Tests.Supplies;

/// <summary>A key that signs the test's package repositories and is thrown away after it.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("fleet-gpg-");

    private SigningKey()
    {
    }

    public static async Task<SigningKey> CreateAsync()
    {
        var key = new SigningKey();
        await key.RunAsync("--quick-generate-key", "Fleet's tests <tests@example.com>", "rsa2048", "sign", "1d");
        return key;
    }

    /// <summary>The public half, ASCII armoured.</summary>
    public Task<string> PublicAsync() => RunAsync("--armor", "--export");

    /// <summary>Signs a file: its text and the signature go to another.</summary>
    public Task SignAsync(string file, string signed) => RunAsync("--clearsign", "--output", signed, file);

    public void Dispose()
    {
        Tool.RunAsync("gpgconf", "/", ["--homedir", _home.FullName, "--kill", "all"]).GetAwaiter().GetResult();
        _home.Delete(recursive: true);
    }

    private Task<string> RunAsync(params string[] arguments) =>
        Tool.RunAsync("gpg", "/", ["--homedir", _home.FullName, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "", .. arguments]);
}
