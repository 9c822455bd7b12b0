using Xunit;

namespace BertCompiler.Testing;

/// <summary>A theory that needs the shared folder: skipped, with the reason, where it is absent.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute()
    {
        if (SharedData.Root is null) Skip = SharedData.Missing;
    }
}
