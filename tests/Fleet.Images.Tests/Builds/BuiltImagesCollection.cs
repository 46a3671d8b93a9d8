namespace Fleet.Images.Tests.Builds;

/// <summary>The classes that look at the same builds.</summary>
[CollectionDefinition(nameof(BuiltImages))]
public sealed class BuiltImagesCollection : ICollectionFixture<BuiltImages>;
