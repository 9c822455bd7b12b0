using BertCompiler.Testing;
using FsCheck.Xunit;

namespace BertCompiler.Runtime.Tests;

/// <summary>A property that needs the shared folder: skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedPropertyAttribute : PropertyAttribute
{
    public SharedPropertyAttribute()
    {
        if (SharedData.Root is null) Skip = SharedData.Missing;
    }
}
