namespace Fleet.Aws.Tests.Servers;

/// <summary>The suites that share one server.</summary>
[CollectionDefinition(Name)]
public sealed class CloudServerCollection : ICollectionFixture<CloudServer>
{
    public const string Name = "a server of AWS's protocols";
}
