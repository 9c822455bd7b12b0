using System.Text.Json;
using BertCompiler.Core.Plan;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>
/// A sentence-transformers folder with the results of calls of <c>encode</c>, <c>encode_query</c> and <c>encode_document</c>: ids, prompts,
/// embeddings and similarities. The texts lie in texts.json, one folder above.
/// </summary>
internal sealed class SentenceEmbeddingVerifier(ModelCache cache) : IFolderVerifier
{
    private const string Task = "sentence-embeddings";
    private const string Kind = "sentence embedder with calls";

    /// <inheritdoc/>
    public bool Recognises(string folder) => AssembledFolder.Is(folder, Task);

    /// <inheritdoc/>
    public FolderReport Verify(string folder, CancellationToken cancellation) => TaskReport.Run(folder, Kind, report =>
    {
        using AssembledFolder assembled = AssembledFolder.Open(folder);

        // A plain folder is read as its encoder, whatever head its class has: that is what sentence-transformers does with it.
        ImportOptions options = File.Exists(Path.Combine(assembled.Model, "modules.json")) ? ImportOptions.Default : new ImportOptions { Architecture = "BertModel" };
        CachedModel compiled = cache.Get(assembled.Model, Taps.None, options, progress: null, cancellation);
        if (!compiled.Import.Succeeded) return report.NotImported(compiled.Import);
        using EncoderModel loaded = compiled.Load();
        if (loaded is not SentenceEncoder model) throw new InvalidDataException("the folder compiles, and not to a sentence embedder");
        string[] texts = JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(Path.Combine(folder, "..", "texts.json"))) ?? [];
        report.Equal("max_seq_length", assembled.Case.GetProperty("max_seq_length").GetInt32(), model.Facts.MaxTokens);
        report.Equal("similarity", assembled.Case.GetProperty("similarity").GetString(), model.Sentence.Similarity.ToString().ToLowerInvariant());
        using SafeTensorsFile expected = SafeTensorsFile.Open(Path.Combine(folder, CaseVerifier.Expected));
        var comparison = new SentenceCallComparison(model, texts, expected, assembled.Case.GetProperty("tolerance").GetDouble(), report);
        int calls = 0;
        foreach (JsonElement call in assembled.Lines("calls.jsonl")) comparison.Compare(calls++, call);
        return report.Finish($"{calls} calls with {texts.Length} texts");
    });
}
