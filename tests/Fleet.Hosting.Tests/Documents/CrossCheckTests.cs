using Fleet.Core.Inventory;

namespace Fleet.Hosting.Tests.Documents;

public sealed class CrossCheckTests
{
    private static readonly NodePoolSpec StoredPool = new() { Cluster = "prod", Name = "batch", Groups = ["workers-a", "batch-a"] };

    [Fact]
    public void An_unknown_cluster_is_refused_with_the_nearest_name()
    {
        var error = Reading.Yaml(Reading.Pool.Replace("cluster: prod", "cluster: prdo")).Errors.ShouldHaveSingleItem();

        (error.Code, error.Line, error.Column).ShouldBe(("unknown-cluster", 5, 12));
        error.Message.ShouldBe("spec.cluster: there is no cluster 'prdo'; did you mean prod?");
    }

    [Fact]
    public void A_cluster_declared_in_another_file_is_known() =>
        Reading.Several(("pool.yaml", Reading.Pool), ("cluster.yaml", Reading.Cluster)).Errors.ShouldBeEmpty();

    [Fact]
    public void A_group_named_by_two_pools_across_files_is_refused()
    {
        var error = Reading.Several(
            ("cluster.yaml", Reading.Cluster), ("a.yaml", Reading.Pool), ("b.yaml", Reading.Pool.Replace("name: workers", "name: other"))).Errors.ShouldHaveSingleItem();

        error.ToString().ShouldBe("b.yaml:6:12: spec.groups: workers-a belongs to pool prod/workers already; a group belongs to one pool");
    }

    [Fact]
    public void A_group_of_a_stored_pool_is_refused() =>
        Reading.Yaml(Reading.Pool, pools: [StoredPool]).Errors.ShouldHaveSingleItem().Message.ShouldBe("spec.groups: workers-a belongs to pool prod/batch already; a group belongs to one pool");

    [Fact]
    public void A_group_may_move_when_its_old_pool_gives_it_up_in_the_same_apply()
    {
        var batch = "---\n" + Reading.Pool.Replace("name: workers", "name: batch").Replace("[workers-a]", "[batch-a]");

        Reading.Yaml(Reading.Pool + batch, pools: [StoredPool]).Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("123456789012", "eu-west-1", 1)]
    [InlineData("123456789012", "us-east-1", 0)]
    [InlineData("999999999999", "eu-west-1", 0)]
    public void A_groups_name_is_unique_in_an_accounts_region(string account, string region, int errors)
    {
        var other = new ClusterSpec { Name = "other", Account = account, Region = region };

        Reading.Yaml(Reading.Pool, [Reading.StoredProd, other], [StoredPool with { Cluster = "other" }]).Errors.Length.ShouldBe(errors);
    }

    [Fact]
    public void A_group_named_twice_in_a_pool_is_refused_where_it_stands_again()
    {
        var error = Reading.Yaml(Reading.Pool.Replace("[workers-a]", "[workers-a, workers-a]")).Errors.ShouldHaveSingleItem();

        (error.Code, error.Column).ShouldBe(("duplicate-group", 23));
    }

    [Fact]
    public void A_hook_named_twice_in_a_pool_is_refused()
    {
        var error = Reading.Yaml($"{Reading.Pool}  hooks: [values, values]\n").Errors.ShouldHaveSingleItem();

        (error.Code, error.Message).ShouldBe(("duplicate-hook", "spec.hooks names values 2 times"));
    }

    [Fact]
    public void A_resource_declared_twice_is_refused_at_the_second()
    {
        var error = Reading.Yaml(Reading.Pool + "---\n" + Reading.Pool).Errors.ShouldHaveSingleItem();

        (error.Code, error.Line, error.Message).ShouldBe(("duplicate-resource", 12, "NodePool prod/workers is declared twice"));
    }

    [Fact]
    public void A_pinned_uid_cannot_be_declared_otherwise()
    {
        var text = Reading.Cluster.Replace("region:", "kubeSystemUid: uid-2, region:");

        Reading.Yaml(text, [Reading.StoredProd with { KubeSystemUid = "uid-1" }]).Errors.ShouldHaveSingleItem().Message.ShouldContain("pinned to the kube-system uid uid-1, not uid-2");
        Reading.Yaml(text, [Reading.StoredProd with { KubeSystemUid = "uid-2" }]).Errors.ShouldBeEmpty();
    }
}
