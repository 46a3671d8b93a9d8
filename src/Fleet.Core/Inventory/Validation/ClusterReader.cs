namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads the spec of a Cluster.</summary>
internal static class ClusterReader
{
    /// <summary>The cluster; where a field is missing or wrong the errors say so and its value is empty.</summary>
    public static ClusterSpec Read(string name, FieldReader spec)
    {
        var approvals = spec.Map("approvals");
        var cluster = new ClusterSpec
        {
            Name = name,
            Account = spec.Text("account", Formats.Account, required: true) ?? "",
            Region = spec.Text("region", Formats.Region, required: true) ?? "",
            RoleArn = spec.Text("roleArn", Formats.Role),
            ExternalId = spec.Text("externalId", Formats.ExternalId),
            Kubeconfig = spec.Text("kubeconfig", Formats.Line),
            Context = spec.Text("context", Formats.Line),
            KubeSystemUid = spec.Text("kubeSystemUid", Formats.Line),
            TwoPeople = approvals?.Flag("twoPeople") ?? false,
            Join = JoinReader.Read(name, spec.Map("join")),
            Maintenance = MaintenanceReader.Read(spec.Map("maintenance")),
        };
        approvals?.Close();
        Role(cluster, spec);
        spec.Close();
        return cluster;
    }

    private static void Role(ClusterSpec cluster, FieldReader spec)
    {
        if (cluster is { ExternalId: { } id, RoleArn: null })
        {
            spec.Fail("externalId", "conflict", id, null, $"{spec.Path("externalId")} is sent where a role is assumed; set {spec.Path("roleArn")} too, or leave it out");
        }

        if (cluster is { RoleArn: { } arn, Account.Length: > 0 } && arn.Split(':')[4] != cluster.Account)
        {
            spec.Fail("roleArn", "conflict", arn, cluster.Account, $"{spec.Path("roleArn")} is a role of account {arn.Split(':')[4]}; allowed: one of the cluster's account {cluster.Account}");
        }
    }
}
