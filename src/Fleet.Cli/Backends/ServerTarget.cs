using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fleet.Cli.Contexts;

namespace Fleet.Cli.Backends;

/// <summary>A server that may be spoken to: its address is one, and what is sent to it stays between the two.</summary>
internal sealed class ServerTarget
{
    private readonly FleetContext _context;

    private ServerTarget(FleetContext context, Uri url, X509Certificate2Collection? authorities) => (_context, Url, Authorities) = (context, url, authorities);

    /// <summary>Where it is; ends with a slash.</summary>
    public Uri Url { get; }

    /// <summary>The authorities to trust in place of the system's; null for the system's.</summary>
    public X509Certificate2Collection? Authorities { get; }

    /// <summary>The address as people write it.</summary>
    public string Name => Url.ToString().TrimEnd('/');

    /// <summary>Checks an address and what goes with it.</summary>
    /// <param name="context">The server.</param>
    /// <param name="field">Where it was named.</param>
    /// <exception cref="RefusedException">Something is wrong.</exception>
    public static ServerTarget Of(FleetContext context, string field)
    {
        const string Allowed = "https://HOST[:PORT][/PATH], or http on a loopback address";
        if (!Uri.TryCreate(context.Server, UriKind.Absolute, out var url) || url is not { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
        {
            // A user or a password in the address must not come back in the error.
            var shown = url is { UserInfo.Length: > 0 } ? "an address with a user in it" : $"'{context.Server}'";
            throw RefusedException.Because("invalid-value", field, null, Allowed, $"{field}: the server is {shown}; allowed: {Allowed}");
        }

        if (url.Scheme == "http" && !context.PlainHttp && !IsLoopback(url))
        {
            throw RefusedException.Because(
                "plain-http", field, context.Server, Allowed, $"{field}: {context.Server} is http beyond this machine, and who listens there reads the key; use https, or say --plain-http where the way is safe");
        }

        return new(context, url.AbsolutePath.EndsWith('/') ? url : new Uri(url + "/"), context.CaFile is { } file ? Read(file) : null);
    }

    /// <summary>The key or token to send now; null for none.</summary>
    /// <exception cref="RefusedException">Its file cannot be read, or what it holds cannot be sent.</exception>
    public string? Credential()
    {
        var text = _context.Token;
        if (_context.TokenFile is { } file)
        {
            try
            {
                text = File.ReadAllText(file).Trim();
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                throw RefusedException.Because("unreadable", "tokenFile", file, null, $"the key or token of {Name} cannot be read: {unreadable.Message}");
            }
        }

        return text is null || text.All(letter => letter is > ' ' and <= '~') ? text
            : throw RefusedException.Because("invalid-value", "token", null, "printable ASCII characters without spaces", $"the key or token for {Name} has characters that cannot be sent; allowed: printable ASCII characters without spaces");
    }

    private static bool IsLoopback(Uri url) => url.Host == "localhost" || (IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));

    private static X509Certificate2Collection Read(string file)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0 ? authorities : throw RefusedException.Because("invalid-value", "caFile", file, "certificates in PEM", $"{file} has no certificate in PEM");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw RefusedException.Because("unreadable", "caFile", file, "certificates in PEM", $"{file} cannot be read: {unreadable.Message}");
        }
    }
}
