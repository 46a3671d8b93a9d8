namespace Fleet.LocalStack.Tests;

[CollectionDefinition(nameof(LocalStackSuite))]
public sealed class LocalStackSuite : ICollectionFixture<LocalStack>;
