using Fleet.Core.Joining;

namespace Fleet.Contracts.Cluster;

/// <summary>What every API server must do with the tokens by which nodes join.</summary>
public abstract class BootstrapTokensContract : ClusterSuite
{
    private static readonly BootstrapToken Token = new() { Id = "fleet7", Secret = "0123456789abcdef", Expires = new DateTimeOffset(2199, 1, 1, 0, 0, 0, TimeSpan.Zero) };

    [Fact]
    public async Task A_token_is_made_once_found_and_removed()
    {
        (await Server.Tokens.FindAsync(Token.Id, None)).ShouldBeNull();
        (await Server.Tokens.CreateAsync(Token, None)).ShouldBeTrue();
        (await Server.Tokens.CreateAsync(Token with { Secret = "fedcba9876543210" }, None)).ShouldBeFalse();

        var found = (await Server.Tokens.FindAsync(Token.Id, None)).ShouldNotBeNull();
        (found.Token, found.IsFleets).ShouldBe((Token, true));

        await Server.Tokens.RemoveAsync(found with { Uid = "00000000-0000-0000-0000-000000000000" }, None);
        (await Server.Tokens.FindAsync(Token.Id, None)).ShouldNotBeNull("another one's uid was given");
        await Server.Tokens.RemoveAsync(found, None);
        await Server.Tokens.RemoveAsync(found, None);
        (await Server.Tokens.FindAsync(Token.Id, None)).ShouldBeNull();
    }

    [Fact]
    public async Task The_cluster_says_by_which_CA_nodes_know_it()
    {
        AuthorityHashes.Of(await Server.Tokens.ClusterInfoAsync(None)).ShouldNotBeEmpty();
        (await Server.Tokens.IdentityAsync(None)).ShouldNotBeEmpty();
    }
}
