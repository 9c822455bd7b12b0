namespace BertCompiler.Build.Tests;

/// <summary>All tests here: one package, one build at a time.</summary>
[CollectionDefinition(Name)]
public sealed class WorkshopGroup : ICollectionFixture<Workshop>
{
    public const string Name = "workshop";
}
