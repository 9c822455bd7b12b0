namespace BertCompiler.Tool.Packing;

/// <summary>Names for files that are not complete yet.</summary>
internal static class TemporaryName
{
    /// <summary>A name in the same folder, so that the rename is one step, which no other process uses.</summary>
    public static string For(string path) => $"{path}.{Guid.NewGuid():N}.tmp";
}
