using System.Globalization;
using System.Text.Json.Nodes;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>
/// A model of golden/models_beyond that reads text: its layers, with tables as long as the vocabulary of a tokenizer and as the texts. The further rows are
/// those that are there, over and over, each a little smaller.
/// </summary>
internal static class TextModel
{
    private const int Words = 3000;

    /// <summary>Writes the folder.</summary>
    /// <param name="name">Which of the models.</param>
    /// <param name="folder">Where.</param>
    /// <param name="maxTokens">Longest text.</param>
    /// <param name="pooling">How sentence-transformers pools; null: it is no embedder.</param>
    /// <returns><paramref name="folder"/>.</returns>
    public static string Write(string name, string folder, int maxTokens, string? pooling = null)
    {
        Directory.CreateDirectory(folder);
        JsonObject config = JsonNode.Parse(File.ReadAllText(SharedData.Require("golden", "models_beyond", name, "config.json")))!.AsObject();
        int words = (int)config["vocab_size"]!;
        int positions = (int)config["max_position_embeddings"]!;
        (config["vocab_size"], config["max_position_embeddings"], config["pad_token_id"]) = (Words, maxTokens, 0);
        File.WriteAllText(Path.Combine(folder, "config.json"), config.ToJsonString());
        using (SafeTensorsFile source = SafeTensorsFile.Open(SharedData.Require("golden", "models_beyond", name, "model.safetensors")))
        {
            SafeTensorsWriter.Write(Path.Combine(folder, "model.safetensors"), [.. source.Tensors.Select(t => Lengthen(t, source.ReadSingles(t), words, positions, maxTokens))]);
        }

        string tokenizer = SharedData.Require("golden", "tasks", "fill_mask", "bert");
        foreach (string file in (string[])["tokenizer.json", "special_tokens_map.json"]) File.WriteAllBytes(Path.Combine(folder, file), File.ReadAllBytes(Path.Combine(tokenizer, file)));
        JsonObject settings = JsonNode.Parse(File.ReadAllText(Path.Combine(tokenizer, "tokenizer_config.json")))!.AsObject();
        settings["model_max_length"] = maxTokens;
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), settings.ToJsonString());
        if (pooling is not null) WriteModules(folder, (int)config["hidden_size"]!, pooling);
        return folder;
    }

    private static TensorData Lengthen(TensorInfo tensor, float[] values, int words, int positions, int maxTokens)
    {
        int rows = (int)tensor.Shape[0];
        bool isOfWords = rows == words;
        bool isOfPositions = rows == positions && tensor.Name.Contains("position", StringComparison.Ordinal);
        if (!isOfWords && !isOfPositions) return TensorData.OfSingles(tensor.Name, values, [.. tensor.Shape]);
        int columns = values.Length / rows;
        var longer = new float[(isOfWords ? Words : maxTokens) * columns];
        for (int i = 0; i < longer.Length; i++) longer[i] = values[i % values.Length] * (1 - (0.003f * (i / values.Length)));
        return TensorData.OfSingles(tensor.Name, longer, [longer.Length / columns, .. tensor.Shape.Skip(1)]);
    }

    private static void WriteModules(string folder, int hidden, string pooling)
    {
        Directory.CreateDirectory(Path.Combine(folder, "1_Pooling"));
        File.WriteAllText(Path.Combine(folder, "1_Pooling", "config.json"), string.Create(CultureInfo.InvariantCulture, $$"""{"embedding_dimension": {{hidden}}, "pooling_mode": "{{pooling}}", "include_prompt": true}"""));
        File.WriteAllText(Path.Combine(folder, "config_sentence_transformers.json"), """{"prompts": {"query": "query: "}, "default_prompt_name": null, "similarity_fn_name": "cosine"}""");
        File.WriteAllText(Path.Combine(folder, "modules.json"), """
            [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
             {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]
            """);
    }
}
