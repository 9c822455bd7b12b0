namespace BertCompiler.Runtime.Tests;

public sealed class SmokeTest
{
    [Fact]
    public void Repository_is_found() => Assert.True(Directory.Exists(BertCompiler.Testing.SharedData.Repository));
}
