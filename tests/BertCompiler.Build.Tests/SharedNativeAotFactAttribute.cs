using BertCompiler.Testing;

namespace BertCompiler.Build.Tests;

/// <summary>A test that publishes models of the shared folder with NativeAOT.</summary>
public sealed class SharedNativeAotFactAttribute : FactAttribute
{
    public SharedNativeAotFactAttribute() => Skip = SharedData.Root is null ? SharedData.Missing : new NativeAotFactAttribute().Skip;
}
