namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads the spec of a Cluster.</summary>
internal static class ClusterReader
{
    /// <summary>The cluster; where a field is missing or wrong the errors say so and its value is empty.</summary>
    public static ClusterSpec Read(string name, FieldReader spec)
    {
        var cluster = new ClusterSpec
        {
            Name = name,
            Account = spec.Text("account", Formats.Account, required: true) ?? "",
            Region = spec.Text("region", Formats.Region, required: true) ?? "",
            Kubeconfig = spec.Text("kubeconfig", Formats.Line),
            Context = spec.Text("context", Formats.Line),
            KubeSystemUid = spec.Text("kubeSystemUid", Formats.Line),
            Maintenance = MaintenanceReader.Read(spec.Map("maintenance")),
        };
        spec.Close();
        return cluster;
    }
}
