using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Verification;
using BertCompiler.Tool.Verification.Golden;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Whole models, text to embedding, against the reference libraries' results.</summary>
public sealed class GoldenVerifierTests
{
    [SharedTheory]
    [InlineData("all-MiniLM-L6-v2", "minilm")]
    [InlineData("bundled-embedder", "bundled-embedder")]
    public void Ids_hidden_states_and_embeddings_are_the_references(string model, string golden)
    {
        FolderReport report = new GoldenVerifier(ModelCache.OfUser, SharedData.Require("golden", golden)).Verify(SharedData.Require("models", model), default);
        Assert.True(report.Verdict == Verdict.Passed, string.Join('\n', report.Lines.Concat(report.Tensors.Where(t => !t.Passed).Select(t => t.ToString()))));
        Assert.Contains("ids equal for 300 of 300 texts", report.Lines);
    }

    /// <summary>A real RoBERTa over the letters of antibodies, which has no tokenizer: ids in, logits, hidden states and attention out.</summary>
    [SharedFact]
    public void Logits_are_the_references()
    {
        FolderReport report = new SequenceVerifier(ModelCache.OfUser, SharedData.Require("golden", "sapiens-vh")).Verify(SharedData.Require("models", "sapiens-vh", "hf"), default);
        Assert.True(report.Verdict == Verdict.Passed, string.Join('\n', report.Lines.Concat(report.Tensors.Where(t => !t.Passed).Select(t => t.ToString()))));
        Assert.Contains(report.Tensors, t => t.Name == "batch.logits");
    }

    [SharedFact]
    public void A_wrong_id_and_a_wrong_number_are_seen()
    {
        string golden = SharedData.Require("golden", "bundled-embedder");
        string copy = Directory.CreateTempSubdirectory("bertc-").FullName;
        string[] texts = File.ReadAllLines(Path.Combine(golden, "texts.jsonl"));
        texts[3] = texts[3].Replace("\"ids\": [101, ", "\"ids\": [101, 999, ", StringComparison.Ordinal);
        File.WriteAllLines(Path.Combine(copy, "texts.jsonl"), texts);
        byte[] embeddings = File.ReadAllBytes(Path.Combine(golden, "embeddings.safetensors"));
        embeddings[^1] ^= 0x80; // the sign of the last number
        File.WriteAllBytes(Path.Combine(copy, "embeddings.safetensors"), embeddings);
        FolderReport report = new GoldenVerifier(ModelCache.OfUser, copy).Verify(SharedData.Require("models", "bundled-embedder"), default);
        Assert.Equal(Verdict.Failed, report.Verdict);
        Assert.Contains("ids equal for 299 of 300 texts", report.Lines);
        Assert.False(report.Tensors.Single(t => t.Name == "embeddings").Passed);
        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public void Correlations_share_ranks_among_equals()
    {
        Assert.Equal(1, Correlation.Spearman([1, 2, 3], [10, 20, 40]), 12);
        Assert.Equal(-1, Correlation.Pearson([1, 2, 3], [3, 2, 1]), 12);

        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), Correlation.Spearman([1, 2, 2, 3], [1, 2, 3, 4]), 12);
    }
}
