using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Plan;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Verification;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>
/// Text in, typed results out, for families whose layers differ from BERT's: the same bits alone and in a batch, of short texts and of one that is many
/// windows of local attention long.
/// </summary>
public sealed class TypedFamiliesTest : IDisposable
{
    private const int MaxTokens = 512;
    private readonly TemporaryFolder _folder = new();

    /// <summary>The first is the longest: some 300 tokens, at once.</summary>
    private static readonly string[] _texts =
    [
        string.Join(' ', Enumerable.Range(0, 11).Select(i => $"In {1990 + i} Ada Lovelace wrote a long letter to Charles Babbage.")),
        "A man is playing a guitar.", "Bread rises.", "What a wonderful film, but the battery lasts two days!", "x",
    ];

    public void Dispose() => _folder.Dispose();

    /// <summary>Batch × place × threads × register width.</summary>
    [SharedTheory]
    [InlineData("modernbert_base", "cls")]
    [InlineData("deberta_v3_base", "mean")]
    [InlineData("deberta_v2_conv_base", "mean")]
    [InlineData("albert_base_pooler", "mean")]
    [InlineData("eurobert_base_gqa", "mean")]
    [InlineData("nomic_base", "mean")]
    [InlineData("roformer_base", "mean")]
    public void An_embedding_has_the_same_bits_in_every_arrangement(string name, string pooling)
    {
        CachedModel compiled = Compile(name, pooling);
        foreach (BitMatrixRow row in new BitMatrix(compiled, _texts).Compute(progress: null, default)) Assert.True(row.Different.Sum() == 0, row.ToString());
        using var model = (SentenceEncoder)compiled.Load();
        IReadOnlyList<float[]> vectors = model.Embed(_texts);
        Assert.All(vectors, v => Assert.All(v, x => Assert.True(float.IsFinite(x))));
        Assert.True(model.Similarity(vectors[1], vectors[2]) < 0.9999);
        Assert.InRange(((ISentenceEncoder)model).CountTokens(_texts[0]), 250, MaxTokens);
    }

    [SharedTheory]
    [InlineData("modernbert_mlm_tied")]
    [InlineData("deberta_v3_mlm_new_head")]
    [InlineData("albert_mlm_gelu_new")]
    [InlineData("eurobert_mlm_untied")]
    [InlineData("nomic_mlm")]
    public void Masks_are_filled(string name)
    {
        using var model = (MaskedLanguageModel)Compile(name).Load();
        string[] texts = [.. _texts.Select(t => t + " It was [MASK] of [MASK].")];
        IReadOnlyList<IReadOnlyList<MaskPrediction>> batch = model.FillMask(texts);
        for (int i = 0; i < texts.Length; i++)
        {
            IReadOnlyList<MaskPrediction> alone = model.FillMask(texts[i]);
            Assert.Equal(2, alone.Count);
            for (int mask = 0; mask < 2; mask++) Assert.Equal(alone[mask].Candidates, batch[i][mask].Candidates);
            Assert.Equal(5, alone[0].Candidates.Select(c => c.Id).Distinct().Count());
            Assert.True(alone[0].Candidates[0].Score > alone[0].Candidates[4].Score);
        }
    }

    [SharedTheory]
    [InlineData("modernbert_tokcls")]
    [InlineData("deberta_tokcls_p2c_own_proj")]
    [InlineData("eurobert_tokcls_head_dim")]
    [InlineData("albert_tokcls_same_size")]
    public void Texts_are_tagged(string name)
    {
        using var model = (TokenClassifier)Compile(name).Load();
        IReadOnlyList<IReadOnlyList<Entity>> batch = model.Tag(_texts);
        for (int i = 0; i < _texts.Length; i++)
        {
            Assert.Equal(model.Tag(_texts[i]).Select(e => (e.Kind, e.Span, e.Score)), batch[i].Select(e => (e.Kind, e.Span, e.Score)));
            Assert.All(batch[i], e => Assert.Equal(_texts[i][e.Span.Start..e.Span.End], e.Text));
        }
    }

    [SharedTheory]
    [InlineData("modernbert_qa")]
    [InlineData("deberta_qa_both_own_proj")]
    [InlineData("albert_qa")]
    public void Questions_are_answered(string name)
    {
        using var model = (QuestionAnswerer)Compile(name).Load();
        string[] questions = [.. _texts.Select(_ => "Who wrote?")];
        IReadOnlyList<IReadOnlyList<Answer>> batch = model.Answer(questions, _texts);
        for (int i = 0; i < _texts.Length; i++)
        {
            Assert.Equal(model.Answer(questions[i], _texts[i]), batch[i]);
            Assert.All(batch[i], a => Assert.Equal(_texts[i][a.Span.Start..a.Span.End], a.Text));
        }
    }

    [SharedTheory]
    [InlineData("eurobert_seqcls_late")]
    [InlineData("eurobert_seqcls_mean_biases")]
    [InlineData("modernbert_seqcls_cls")]
    [InlineData("nomic_seqcls_pooler")]
    [InlineData("deberta_v2_conv_groups_seqcls")]
    [InlineData("albert_seqcls_groups3_of_4")]
    public void Texts_are_classified(string name)
    {
        using var model = (SequenceClassifier)Compile(name).Load();
        IReadOnlyList<Classification> batch = model.Classify(_texts);
        for (int i = 0; i < _texts.Length; i++) Assert.Equal(model.Classify(_texts[i]).Logits, batch[i].Logits);
        Assert.NotEqual(batch[1].Logits, batch[2].Logits);
    }

    [SharedTheory]
    [InlineData("modernbert_seqcls_mean")]
    [InlineData("gte_seqcls")]
    public void One_label_ranks(string name)
    {
        using var model = (CrossEncoder)Compile(name).Load();
        IReadOnlyList<RankedDocument> ranked = model.Rerank("guitar", _texts);
        Assert.Equal(ranked.OrderByDescending(r => r.Score).Select(r => r.Index), ranked.Select(r => r.Index));
        Assert.All(ranked, r => Assert.Equal(r.Score, model.Rerank("guitar", [_texts[r.Index]])[0].Score));
    }

    private CachedModel Compile(string name, string? pooling = null) => ModelCache.OfUser.Get(TextModel.Write(name, _folder[name], MaxTokens, pooling), Taps.None);
}
