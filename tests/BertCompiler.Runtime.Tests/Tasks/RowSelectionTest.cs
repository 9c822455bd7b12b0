using BertCompiler.Tool.Verification.Tasks.Replay;

namespace BertCompiler.Runtime.Tests.Tasks;

/// <summary>The vocabulary is scored where somebody reads the scores, and nowhere else.</summary>
public sealed class RowSelectionTest
{
    /// <summary>[CLS], the words, [SEP]: the model answers each token with the one before it in the batch, so a row that went elsewhere shows.</summary>
    [Fact]
    public void Only_masks_are_scored_and_each_gets_its_own_row()
    {
        using ReplayWeights weights = LetterTokenizer.Read();
        var program = Echo(weights);
        using var model = new Filler(program, weights);
        IReadOnlyList<IReadOnlyList<MaskPrediction>> found = model.FillMask(["anna [MASK]", "[MASK] bob [MASK] lives [MASK]", "new york [MASK]"], top: 1);
        Assert.Equal(["anna"], found[0].Select(m => m.Best.Token));
        Assert.Equal(["[CLS]", "bob", "lives"], found[1].Select(m => m.Best.Token));
        Assert.Equal(["york"], found[2].Select(m => m.Best.Token));
        Assert.Equal([1, 3, 5], found[1].Select(m => m.TokenIndex));
        Assert.Equal([[2, 5, 7, 9, 14]], program.Scored);
    }

    [Fact]
    public void Groups_of_texts_begin_anew()
    {
        using ReplayWeights weights = LetterTokenizer.Read();
        var program = Echo(weights);
        using var model = new Filler(program, weights);
        string[] texts = [.. Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? "anna [MASK]" : "in new [MASK] bob")];
        IReadOnlyList<IReadOnlyList<MaskPrediction>> found = model.FillMask(texts, top: 1);
        Assert.All(found.Index(), text => Assert.Equal(text.Index % 2 == 0 ? "anna" : "new", Assert.Single(text.Item).Best.Token));
        Assert.Equal(300, program.Scored.Sum(tokens => tokens.Length));
        Assert.True(program.Scored.Count > 1, "all texts were run together");
    }

    [Fact]
    public void A_sparse_vector_takes_every_token()
    {
        using ReplayWeights weights = LetterTokenizer.Read();
        var program = Echo(weights);
        using var model = new Filler(program, weights);
        IReadOnlyList<SparseVector> vectors = model.EncodeSparse(["anna lives", "bob"]);
        Assert.Equal(["[CLS]", "anna", "lives"], vectors[0].Entries.Select(e => e.Token).Skip(1));
        Assert.Equal(["[CLS]", "[SEP]", "bob"], vectors[1].Entries.Select(e => e.Token));
        Assert.Equal([[0, 1, 2, 3, 4, 5, 6]], program.Scored);
    }

    private static InventedProgram Echo(ReplayWeights weights) =>
        new(weights.Open(), LetterTokenizer.Vocabulary.Length, (batch, token, logits) => logits[token == 0 ? 0 : batch.Ids[token - 1]] = 9);

    private sealed class Filler(InventedProgram program, ReplayWeights weights)
        : MaskedLanguageModel(program, weights.Facts("letters", LetterTokenizer.Vocabulary.Length, 16), new HeadFacts(), options: null);
}
