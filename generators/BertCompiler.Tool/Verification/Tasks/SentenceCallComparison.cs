using System.Text.Json;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Compares the calls of one sentence embedder with their results.</summary>
internal sealed class SentenceCallComparison(SentenceEncoder model, string[] texts, SafeTensorsFile expected, double tolerance, TaskReport report)
{
    /// <summary>Compares the call of that number.</summary>
    public void Compare(int number, JsonElement line)
    {
        string name = $"call{number}";
        EmbedOptions options = Options(line.GetProperty("call"));
        string prompt = model.Sentence.PromptFor(options);
        if (line.TryGetProperty("prompt_used", out JsonElement used))
        {
            report.Equal(name + ": prompt", used.GetString() ?? "", prompt);
            if (prompt.Length > 0) report.Equal(name + ": prompt_length", line.GetProperty("prompt_length").GetInt32(), model.PromptLength(prompt));
        }

        CompareIds(name, prompt, line.GetProperty("ids"));
        int dimension = model.DimensionOf(options);
        report.Equal(name + ": dimension", line.GetProperty("dimension").GetInt32(), dimension);
        var embeddings = new float[texts.Length * dimension];
        model.Embed(texts, embeddings, options);
        report.Compare(name, expected.Singles(name), embeddings, tolerance);
        for (int i = 0; i < texts.Length; i++) report.Check($"{name}: text {i} alone", model.Embed(texts[i], options).AsSpan().SequenceEqual(Row(embeddings, i)), () => "other bits than among the others");
        if (number == 0 && expected.Find("similarity") is not null) CompareSimilarities(embeddings);
    }

    private EmbedOptions Options(JsonElement call)
    {
        EmbedOptions options = EmbedOptions.Default;
        foreach (JsonProperty option in call.EnumerateObject())
        {
            options = option.Name switch
            {
                "prompt" => options with { Prompt = option.Value.GetString() },
                "prompt_name" => options with { PromptName = option.Value.GetString() },
                // More than there are means all to the reference, and is refused here.
                "truncate_dim" => options with { Dimensions = Math.Min(option.Value.GetInt32(), model.Sentence.FullDimension) },
                "normalize_embeddings" => options with { Normalize = option.Value.GetBoolean() },
                "method" => options with { PromptName = (option.Value.ValueEquals("encode_query") ? EmbedOptions.Query : EmbedOptions.Document).PromptName },
                _ => throw new InvalidDataException($"the option '{option.Name}' is not known"),
            };
        }

        return options;
    }

    private void CompareIds(string name, string prompt, JsonElement ids)
    {
        var batch = new TokenBatch();
        for (int i = 0; i < texts.Length; i++)
        {
            batch.Clear();
            model.Tokenizer.Append(prompt + texts[i], model.Facts.MaxTokens, batch);
            int[] wanted = ids[i].Ids();
            report.Check($"{name}: ids of text {i}", batch.Ids.SequenceEqual(wanted), () => $"[{string.Join(", ", wanted)}] was expected, [{string.Join(", ", batch.Ids.ToArray())}] found");
        }
    }

    private void CompareSimilarities(float[] embeddings)
    {
        int n = texts.Length;
        var all = new float[n * n];
        for (int i = 0; i < all.Length; i++) all[i] = model.Similarity(Row(embeddings, i / n), Row(embeddings, i % n));
        report.Compare("similarity", expected.Singles("similarity"), all, tolerance);
        float[] pairs = [.. Enumerable.Range(0, n - 1).Select(i => model.Similarity(Row(embeddings, i), Row(embeddings, i + 1)))];
        report.Compare("similarity_pairwise", expected.Singles("similarity_pairwise"), pairs, tolerance);
    }

    private ReadOnlySpan<float> Row(float[] embeddings, int index)
    {
        int dimension = embeddings.Length / texts.Length;
        return embeddings.AsSpan(index * dimension, dimension);
    }
}
