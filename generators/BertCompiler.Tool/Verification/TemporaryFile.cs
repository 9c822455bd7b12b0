namespace BertCompiler.Tool.Verification;

/// <summary>The path of a file that is deleted at the end.</summary>
internal sealed class TemporaryFile(string ending) : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"bertc-{Guid.NewGuid():N}{ending}");

    public void Dispose() => File.Delete(Path);
}
