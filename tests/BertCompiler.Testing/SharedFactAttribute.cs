using Xunit;

namespace BertCompiler.Testing;

/// <summary>A test that needs the shared folder: skipped, with the reason, where it is absent.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (SharedData.Root is null) Skip = SharedData.Missing;
    }
}
