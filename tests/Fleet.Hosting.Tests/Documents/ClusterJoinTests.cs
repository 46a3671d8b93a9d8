using Fleet.Core.Inventory;
using Fleet.Hosting.Documents;

namespace Fleet.Hosting.Tests.Documents;

public sealed class ClusterJoinTests
{
    [Fact]
    public void An_endpoint_is_enough()
    {
        var cluster = Read("join: {endpoint: \"api.prod.example:6443\"}").Clusters.ShouldHaveSingleItem();

        cluster.Join.ShouldBe(new ClusterJoin { Endpoint = "api.prod.example:6443", Parameter = "/fleet/clusters/prod/join", KmsKey = null, TokenLife = TimeSpan.FromHours(1) });
    }

    [Fact]
    public void Everything_can_be_named_and_is_told_again()
    {
        var cluster = Read("join: {endpoint: \"[fd00::10]:443\", parameter: /nodes/prod, kmsKey: alias/join, tokenLife: 30m}").Clusters.ShouldHaveSingleItem();

        cluster.Join.ShouldBe(new ClusterJoin { Endpoint = "[fd00::10]:443", Parameter = "/nodes/prod", KmsKey = "alias/join", TokenLife = TimeSpan.FromMinutes(30) });
        EffectiveDocument.Of(cluster)["spec"]!["join"]!.ToJsonString().ShouldBe("""{"endpoint":"[fd00::10]:443","parameter":"/nodes/prod","tokenLife":"30m","kmsKey":"alias/join"}""");
    }

    [Theory]
    [InlineData("join: {}", "spec.join.endpoint is missing: host:port like api.demo.example:6443; an IPv6 address in brackets")]
    [InlineData("join: {endpoint: \"https://api:6443\"}", "spec.join.endpoint is 'https://api:6443'; allowed: host:port like api.demo.example:6443; an IPv6 address in brackets")]
    [InlineData("join: {endpoint: \"api:65536\"}", "spec.join.endpoint is 'api:65536'; allowed: host:port like api.demo.example:6443; an IPv6 address in brackets")]
    [InlineData("join: {endpoint: \"api:6443\", parameter: \"join token\"}", "spec.join.parameter is 'join token'; allowed: a path like /images: at most 15 parts of letters, digits and . _ -, each after a '/'")]
    [InlineData("join: {endpoint: \"api:6443\", tokenLife: 2h}", "spec.join.tokenLife is '2h'; allowed: from 20m to 1h: a token that leaks is worth little that way")]
    [InlineData("join: {endpoint: \"api:6443\", kmsKey: \"my key\"}", "spec.join.kmsKey is 'my key'; allowed: a key's id, alias/NAME, or the ARN of either")]
    [InlineData("join: {endpoint: \"api:6443\", caCert: x}", "spec.join.caCert is no field; allowed: endpoint, kmsKey, parameter, tokenLife")]
    public void What_cannot_be_meant_is_refused(string field, string message) => Read(field).Errors.ShouldHaveSingleItem().Message.ShouldBe(message);

    [Fact]
    public void Two_clusters_of_an_account_and_region_do_not_share_a_parameter()
    {
        var other = Reading.StoredProd with { Name = "other", Join = new ClusterJoin { Endpoint = "other:6443", Parameter = "/fleet/clusters/prod/join" } };

        Read("join: {endpoint: \"api:6443\"}", other).Errors.ShouldHaveSingleItem().Message.ShouldBe("spec.join.parameter /fleet/clusters/prod/join is that of cluster other in the same account and region; nodes of one would join the other: name another one");
        Read("join: {endpoint: \"api:6443\"}", other with { Region = "eu-central-1" }).Errors.ShouldBeEmpty();
    }

    private static Declarations Read(string field, params ClusterSpec[] stored) => Reading.Yaml(Reading.Cluster.Replace("region:", $"{field}, region:", StringComparison.Ordinal), stored);
}
