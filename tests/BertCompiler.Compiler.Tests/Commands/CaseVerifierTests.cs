using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Verification;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Small BERT models of every head, size and option against float64 results; hidden states and attentions included.</summary>
public sealed class CaseVerifierTests
{
    public static TheoryData<string> Folders => SharedData.Root is null ? ["none"]
        : [.. Directory.GetDirectories(SharedData.Require("golden", "models"), "bert_*").Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [SharedTheory]
    [MemberData(nameof(Folders))]
    public void Every_result_is_within_its_tolerance(string folder)
    {
        FolderReport report = new CaseVerifier(ModelCache.OfUser).Verify(SharedData.Require("golden", "models", folder), default);

        // Relative positions are refused, never computed as something else.
        Verdict expected = folder.Contains("relkey", StringComparison.Ordinal) ? Verdict.NotSupported : Verdict.Passed;
        Assert.True(report.Verdict == expected, string.Join('\n', report.Lines.Concat(report.Tensors.Where(t => !t.Passed).Select(t => t.ToString()))));
    }
}
