using BertCompiler.Compiler.Tests.Fuzz;
using BertCompiler.Compiler.Tests.Fuzz.Engine;

namespace BertCompiler.Fuzz;

/// <summary>One input again, to see what happens.</summary>
internal static class SingleInput
{
    /// <summary>Executes it; true: the parser stands it.</summary>
    public static bool Run(string parser, string path)
    {
        using IFuzzTarget target = FuzzTargets.Create(parser);
        FuzzFinding? finding = FuzzGuard.Run(target, File.ReadAllBytes(path));
        Console.WriteLine(finding?.Details ?? $"{parser} stands {path}");
        return finding is null;
    }
}
