using Fleet.Core.Inventory;

namespace Fleet.Contracts.Cluster;

/// <summary>What every API server must tell of itself.</summary>
public abstract class ApiServersContract : ClusterSuite
{
    [Fact]
    public async Task The_one_that_answers_comes_first_with_its_version()
    {
        var first = (await Server.ApiServers.VersionsAsync(None))[0];

        first.Name.ShouldBe("the endpoint");
        KubernetesMinor.Of(first.Version).ShouldNotBeNull().Major.ShouldBe(1);
    }
}
