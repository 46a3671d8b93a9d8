using System.Security.Cryptography;
using Fleet.Core.Inventory;

namespace Fleet.Core.Joining;

/// <summary>
/// Keeps the token fresh by which new nodes join a cluster. Each look goes by what is there: a look that was broken off is mended by the next one, and of two at once each finds or makes a token that counts.
/// </summary>
public static class JoinTokenKeeper
{
    /// <summary>Looks once, and puts another token there where less than half of its life is left, or it does not fit the cluster.</summary>
    /// <param name="cluster">The cluster; it must say how nodes join it.</param>
    /// <param name="ports">What is reached outside.</param>
    /// <param name="chance">Draws secrets.</param>
    /// <param name="now">The time, by the cluster's clock.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="JoinTokenException">A person must see to something.</exception>
    /// <exception cref="Disruption.ClusterUnreachableException">The API server cannot be reached, or refuses.</exception>
    public static async Task<KeptToken> LookAsync(ClusterSpec cluster, JoinPorts ports, RandomNumberGenerator chance, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(ports);
        var join = cluster.Join ?? throw new ArgumentException($"cluster {cluster.Name} does not say how nodes join it", nameof(cluster));
        await MustBeTheClustersAsync(cluster, ports, cancellationToken).ConfigureAwait(false);
        var hashes = AuthorityHashes.Of(await ports.Tokens.ClusterInfoAsync(cancellationToken).ConfigureAwait(false));
        var enough = now + (join.TokenLife / 2);
        var told = JoinDocument.Read(await ports.Parameters.ReadAsync(join.Parameter, cancellationToken).ConfigureAwait(false));
        if (told is not null && BootstrapToken.Ids.Contains(told.Token.Id) && await FreshAsync(told.Token.Id, ports, enough, cancellationToken).ConfigureAwait(false) is { } known
            && told == new JoinDocument { Token = known, Hashes = hashes, Endpoint = join.Endpoint })
        {
            return new KeptToken(known.Id, known.Expires, Renewed: false);
        }

        var token = await TokenAsync(cluster, join.TokenLife, ports, chance, now, cancellationToken).ConfigureAwait(false);
        var document = new JoinDocument { Token = token, Hashes = hashes, Endpoint = join.Endpoint };
        await ports.Parameters.WriteAsync(join.Parameter, document.Write(), join.KmsKey, $"Join token of cluster {cluster.Name}, kept fresh by Fleet: {document}", cancellationToken).ConfigureAwait(false);
        return new KeptToken(token.Id, token.Expires, Renewed: true);
    }

    /// <summary>Nodes must not be led to another cluster, nor their token into another account.</summary>
    private static async Task MustBeTheClustersAsync(ClusterSpec cluster, JoinPorts ports, CancellationToken cancellationToken)
    {
        if (cluster.KubeSystemUid is { } pinned && await ports.Tokens.IdentityAsync(cancellationToken).ConfigureAwait(false) is var found && found != pinned)
        {
            throw new JoinTokenException($"the API server of cluster {cluster.Name} is another cluster's (uid of kube-system {found}, pinned {pinned}); no token is made there: correct spec.kubeconfig or spec.context");
        }

        if (await ports.Parameters.AccountAsync(cancellationToken).ConfigureAwait(false) is var account && account != cluster.Account)
        {
            throw new JoinTokenException($"the credentials for cluster {cluster.Name} are of account {account}, not of {cluster.Account}; no token is put there: correct spec.account or spec.roleArn");
        }
    }

    /// <summary>A token of Fleet's that lives long enough, as the cluster has it.</summary>
    private static async Task<BootstrapToken?> FreshAsync(string id, JoinPorts ports, DateTimeOffset enough, CancellationToken cancellationToken) =>
        await ports.Tokens.FindAsync(id, cancellationToken).ConfigureAwait(false) is { IsFleets: true } found && found.Token.Expires > enough ? found.Token : null;

    /// <summary>The freshest token where it lives long enough: of a look that was broken off, or another replica's; else a new one. What has expired is removed; what has not may be in a booting machine's hands.</summary>
    private static async Task<BootstrapToken> TokenAsync(ClusterSpec cluster, TimeSpan life, JoinPorts ports, RandomNumberGenerator chance, DateTimeOffset now, CancellationToken cancellationToken)
    {
        BootstrapToken? freshest = null;
        var free = new List<string>();
        foreach (var id in BootstrapToken.Ids)
        {
            var found = await ports.Tokens.FindAsync(id, cancellationToken).ConfigureAwait(false);
            if (found is { IsFleets: true } && found.Token.Expires <= now)
            {
                await ports.Tokens.RemoveAsync(found, cancellationToken).ConfigureAwait(false);
                found = null;
            }

            if (found is null)
            {
                free.Add(id);
            }
            else if (found.IsFleets && found.Token.Expires > (freshest?.Expires ?? now + (life / 2)))
            {
                freshest = found.Token;
            }
        }

        if (freshest is not null)
        {
            return freshest;
        }

        var expires = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)) + life;
        foreach (var id in free)
        {
            var token = BootstrapToken.Draw(id, expires, chance);
            if (await ports.Tokens.CreateAsync(token, cancellationToken).ConfigureAwait(false))
            {
                return token;
            }

            // Another replica was first, or the answer of an earlier try was lost: either way a token that counts.
            if (await FreshAsync(id, ports, now + (life / 2), cancellationToken).ConfigureAwait(false) is { } theirs)
            {
                return theirs;
            }
        }

        throw new JoinTokenException($"all token ids that Fleet uses in cluster {cluster.Name} ({BootstrapToken.Ids[0]} to {BootstrapToken.Ids[^1]}) are taken by Secrets without the label app.kubernetes.io/managed-by=fleet, or by tokens that have not expired; remove the former (bootstrap-token-ID in kube-system)");
    }
}
