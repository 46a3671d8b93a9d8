namespace Fleet.Hosting.Tests.Documents;

public sealed class ClusterRoleTests
{
    [Fact]
    public void A_cluster_names_the_role_that_is_assumed_in_its_account()
    {
        var read = Reading.Yaml(With("roleArn: \"arn:aws:iam::123456789012:role/ops/fleet-prod\", externalId: prod-7d1c0b5e"));

        read.Errors.ShouldBeEmpty();
        read.Clusters.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            cluster => cluster.RoleArn.ShouldBe("arn:aws:iam::123456789012:role/ops/fleet-prod"),
            cluster => cluster.ExternalId.ShouldBe("prod-7d1c0b5e"));
    }

    [Theory]
    [InlineData("roleArn: fleet-prod", "spec.roleArn is 'fleet-prod'; allowed: a role's ARN like arn:aws:iam::123456789012:role/fleet-demo")]
    [InlineData("roleArn: \"arn:aws:iam::210987654321:role/fleet\"", "spec.roleArn is a role of account 210987654321; allowed: one of the cluster's account 123456789012")]
    [InlineData("externalId: prod-7d1c0b5e", "spec.externalId is sent where a role is assumed; set spec.roleArn too, or leave it out")]
    public void A_role_that_cannot_be_meant_is_refused(string fields, string message) => Reading.Yaml(With(fields)).Errors.ShouldHaveSingleItem().Message.ShouldBe(message);

    private static string With(string fields) => Reading.Cluster.Replace("region:", $"{fields}, region:", StringComparison.Ordinal);
}
