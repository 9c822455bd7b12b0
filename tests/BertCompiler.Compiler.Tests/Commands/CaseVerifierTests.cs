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

    /// <summary>What this program does not do yet is said to be that, and is not called a failure.</summary>
    [SharedTheory]
    [InlineData("distilbert_base", "'model_type': 'distilbert'")]
    [InlineData("roberta_base_pooler", "'model_type': 'roberta'")]
    [InlineData("fmt_base_onnx_legacy", "onnx")]
    [InlineData("fmt_pt_bin_legacy", "pytorch_bin")]
    public void What_is_not_supported_is_named(string folder, string reason)
    {
        FolderReport report = new CaseVerifier(ModelCache.OfUser).Verify(SharedData.Require("golden", "models", folder), default);
        Assert.Equal(Verdict.NotSupported, report.Verdict);
        Assert.Contains(report.Lines, line => line.Contains(reason, StringComparison.Ordinal));
    }
}
