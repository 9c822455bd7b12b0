using BertCompiler.Compiler.Tests.Fuzz.Engine;

namespace BertCompiler.Fuzz;

/// <summary>A finding on disk: the input as .bin, what happened as .txt.</summary>
internal static class FindingFile
{
    /// <summary>Writes it; a shorter input of the same signature replaces a longer one.</summary>
    public static void Write(string folder, string parser, FuzzFinding finding)
    {
        Directory.CreateDirectory(Path.Combine(folder, parser));
        string path = Path.Combine(folder, parser, string.Concat(finding.Signature.Split(Path.GetInvalidFileNameChars())) + ".bin");
        if (File.Exists(path) && new FileInfo(path).Length <= finding.Input.Length) return;
        File.WriteAllBytes(path, finding.Input);
        File.WriteAllText(Path.ChangeExtension(path, ".txt"), finding.Details);
        Console.WriteLine($"  FOUND {path} ({finding.Input.Length} bytes): {finding.Details.Split('\n', 2)[0]}");
    }
}
