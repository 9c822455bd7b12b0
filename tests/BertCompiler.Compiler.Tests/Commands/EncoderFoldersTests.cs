using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Verification;
using BertCompiler.Tool.Verification.Tasks;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>sentence-transformers' sparse encoders and cross-encoders, in every layout, against its own results.</summary>
public sealed class EncoderFoldersTests
{
    public static TheoryData<string> Sparse => Folders("sparse_encoder");

    public static TheoryData<string> Cross => Folders("cross_encoder");

    [SharedTheory]
    [MemberData(nameof(Sparse))]
    public void Sparse_vectors_and_similarities(string folder) => Verify(new SparseEncoderVerifier(ModelCache.OfUser), "sparse_encoder", folder);

    [SharedTheory]
    [MemberData(nameof(Cross))]
    public void Scores_and_ranks_of_pairs(string folder) => Verify(new CrossEncoderVerifier(ModelCache.OfUser), "cross_encoder", folder);

    private static void Verify(IFolderVerifier verifier, string task, string folder)
    {
        string path = SharedData.Require("golden", "tasks", task, folder);
        Assert.True(verifier.Recognises(path));
        FolderReport report = verifier.Verify(path, default);
        Assert.True(report.Verdict == Verdict.Passed, string.Join('\n', report.Lines.Concat(report.Tensors.Where(t => !t.Passed).Select(t => t.ToString()))));
    }

    private static TheoryData<string> Folders(string task) => SharedData.Root is null ? ["none"]
        : [.. Directory.GetDirectories(SharedData.Require("golden", "tasks", task)).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];
}
