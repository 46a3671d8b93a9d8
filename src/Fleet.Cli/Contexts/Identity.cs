using Fleet.Cli.Backends;
using Fleet.Core.Access;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Contexts;

/// <summary>Who a server takes one for.</summary>
/// <param name="Name">As its audit log names one.</param>
/// <param name="Grants">What one may do there.</param>
internal sealed record Identity(string Name, IReadOnlyList<Grant> Grants)
{
    /// <summary>Asks a server.</summary>
    /// <exception cref="RefusedException">It lets one not in.</exception>
    /// <exception cref="ServerAwayException">It does not answer.</exception>
    public static async Task<Identity> AskAsync(ServerClient client, CancellationToken cancellationToken)
    {
        var document = (await client.GetAsync("v1/whoami", cancellationToken).ConfigureAwait(false)).Document;
        return new((string?)document["name"] ?? throw new FormatException("the answer has no name"), AccessReader.Grants(document["roles"]));
    }

    public override string ToString() => $"{Name} ({string.Join(", ", Grants)})";
}
