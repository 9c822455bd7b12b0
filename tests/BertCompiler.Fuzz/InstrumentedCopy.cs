using SharpFuzz;

namespace BertCompiler.Fuzz;

/// <summary>A copy of this program in which the assemblies that parse report their branches (SharpFuzz).</summary>
internal static class InstrumentedCopy
{
    private static readonly string[] Assemblies = ["bertc.dll", "BertCompiler.Core.dll", "BertCompiler.Runtime.dll"];

    /// <summary>Makes the copy below this program's own folder.</summary>
    /// <returns>Path of the copied program.</returns>
    public static string Make()
    {
        string source = AppContext.BaseDirectory;
        string copy = Path.Combine(source, "instrumented");
        if (Directory.Exists(copy)) Directory.Delete(copy, recursive: true);
        Directory.CreateDirectory(copy);
        foreach (string path in Directory.GetFiles(source)) File.Copy(path, Path.Combine(copy, Path.GetFileName(path)));
        foreach (string name in Assemblies)
        {
            Fuzzer.Instrument(Path.Combine(copy, name), static _ => true, Options.Value);
        }

        return Path.Combine(copy, "BertCompiler.Fuzz.dll");
    }
}
