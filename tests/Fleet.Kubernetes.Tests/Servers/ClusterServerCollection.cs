namespace Fleet.Kubernetes.Tests.Servers;

/// <summary>The suites that share one API server, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterServerCollection : ICollectionFixture<ClusterServer>
{
    public const string Name = "an API server";
}
