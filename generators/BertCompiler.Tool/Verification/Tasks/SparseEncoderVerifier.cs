using System.Text.Json;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary><c>sparse_encoder</c>: SPLADE folders of sentence-transformers, and a plain masked language model.</summary>
internal sealed class SparseEncoderVerifier(ModelCache cache) : TaskVerifier(cache, "sparse-encoder")
{
    /// <summary>The number of entries in <c>max_active_5</c> and <c>decoded_top4</c>.</summary>
    private const int MostActive = 5;

    /// <inheritdoc/>
    protected override void Compare(TaskFolder folder, CaseTally tally, CancellationToken cancellation)
    {
        using MaskedLanguageModel model = Load<MaskedLanguageModel>(folder, cancellation);
        tally.Begin("settings");
        tally.Same("similarity", folder.Description.Text("similarity"), model.Head.Sparse.Similarity.ToString().ToLowerInvariant());
        tally.Same("max_active_dims", folder.Description.Count("max_active_dims"), model.Head.Sparse.MaxActiveDimensions);
        var vectors = new List<SparseVector>();
        foreach (JsonElement row in folder.Rows())
        {
            if (row.Find("similarity") is { } similarities) CompareSimilarities(model, vectors, similarities, tally);
            else vectors.Add(CompareVector(model, row, tally));
        }
    }

    private static SparseVector CompareVector(MaskedLanguageModel model, JsonElement row, CaseTally tally)
    {
        string text = row.Text("text");
        tally.Begin($"'{text}'");
        SparseVector vector = model.EncodeSparse(text);
        FillMaskCases.CompareSparse(vector, row.GetProperty("vector").EnumerateArray(), tally);
        SparseVector greatest = model.EncodeSparse(text, new SparseOptions { MaxActiveDimensions = MostActive });
        tally.SameIds("max_active_5", row.GetProperty("max_active_5").Ids(), [.. greatest.Entries.Select(e => e.Id)]);
        SparseWeight[] first = [.. greatest.Entries.OrderByDescending(e => e.Weight)];
        int i = 0;
        foreach (JsonElement decoded in row.Find("decoded_top4")?.EnumerateArray().ToArray() ?? [])
        {
            tally.Same("token", decoded[0].GetString(), first[i].Token);
            tally.Score("weight", decoded[1].GetDouble(), first[i++].Weight);
        }

        return vector;
    }

    private static void CompareSimilarities(MaskedLanguageModel model, List<SparseVector> vectors, JsonElement expected, CaseTally tally)
    {
        tally.Begin("similarity");
        float largest = expected.EnumerateArray().SelectMany(row => row.Singles()).Max(Math.Abs);
        double scale = Math.Max(1, largest);
        tally.Same("texts", expected.GetArrayLength(), vectors.Count);
        for (int i = 0; i < expected.GetArrayLength(); i++)
        {
            // Similarities are held to the tolerance times the largest of them, as embeddings are.
            for (int j = 0; j < vectors.Count; j++) tally.Score("similarity / largest", expected[i][j].GetDouble() / scale, model.Similarity(vectors[i], vectors[j]) / scale);
        }
    }
}
