using Fleet.Aws;
using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using Fleet.Hosting.Connections;

namespace Fleet.Hosting.Tests.Connections;

/// <summary>Who shares a connection with whom.</summary>
public sealed class ConnectionPoolTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-pool-");
    private readonly ConnectionPool _pool = new(new ConnectionOptions
    {
        Policy = TimeProvider.System,
        Account = cluster => new AwsOptions { Region = cluster.Region, Endpoint = new Uri("http://127.0.0.1:1"), AccessKeyId = "fleet", SecretAccessKey = "none" },
    });

    [Fact]
    public async Task Users_of_a_cluster_share_a_connection_until_the_last_has_given_it_back()
    {
        var cluster = Cluster("prod");
        var first = _pool.Rent(cluster);
        var second = _pool.Rent(cluster);
        second.Connection.ShouldBeSameAs(first.Connection);

        await first.DisposeAsync();
        await first.DisposeAsync();
        await using var third = _pool.Rent(cluster);
        third.Connection.ShouldBeSameAs(second.Connection, "given back twice counts once");

        await second.DisposeAsync();
        await third.DisposeAsync();
        await using var later = _pool.Rent(cluster);
        later.Connection.ShouldNotBeSameAs(first.Connection);
    }

    [Fact]
    public async Task Another_cluster_or_a_kubeconfig_that_was_written_anew_has_a_connection_of_its_own()
    {
        var cluster = Cluster("prod");
        await using var first = _pool.Rent(cluster);
        await using var other = _pool.Rent(cluster with { Region = "us-east-1" });
        File.SetLastWriteTimeUtc(cluster.Kubeconfig!, DateTime.UnixEpoch);
        await using var renewed = _pool.Rent(cluster);

        new[] { first.Connection, other.Connection, renewed.Connection }.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task What_cannot_be_opened_is_tried_anew()
    {
        var cluster = Cluster("prod") with { Kubeconfig = Path.Combine(_folder.FullName, "later") };
        Should.Throw<ClusterUnreachableException>(() => _pool.Rent(cluster));

        File.Copy(Cluster("prod").Kubeconfig!, cluster.Kubeconfig!);

        await using var rented = _pool.Rent(cluster);
        rented.Connection.ShouldNotBeNull();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ClusterSpec Cluster(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, """
            apiVersion: v1
            kind: Config
            current-context: it
            clusters: [{name: it, cluster: {server: "http://127.0.0.1:1"}}]
            users: [{name: it, user: {token: none}}]
            contexts: [{name: it, context: {cluster: it, user: it}}]
            """);
        return new ClusterSpec { Name = name, Account = "123456789012", Region = "eu-west-1", Kubeconfig = path };
    }
}
