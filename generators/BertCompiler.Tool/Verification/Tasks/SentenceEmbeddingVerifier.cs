using System.Text.Json;
using BertCompiler.Core.Config;
using BertCompiler.Core.Plan;
using BertCompiler.Tool.Commands;
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
    public bool Recognises(string folder) => TaskFolder.TaskOf(folder) == Task;

    /// <inheritdoc/>
    public FolderReport Verify(string folder, CancellationToken cancellation) => TaskReport.Run(folder, Kind, report =>
    {
        using TaskFolder cases = TaskFolder.Open(folder);
        string assembled = cases.Model();

        // A plain folder is read as its encoder, whatever head its class has: that is what sentence-transformers does with it.
        ImportOptions options = File.Exists(Path.Combine(assembled, "modules.json")) ? ImportOptions.Default : new ImportOptions { Head = HeadReader.Embedding };
        CachedModel compiled = cache.Get(assembled, Taps.None, options, progress: null, cancellation);
        if (!compiled.Import.Succeeded) return report.NotImported(compiled.Import);
        using EncoderModel loaded = compiled.Load();
        if (loaded is not SentenceEncoder model) throw new InvalidDataException("the folder compiles, and not to a sentence embedder");
        string[] texts = JsonRows.ReadFile(Path.Combine(folder, "..", "texts.json")).Texts();
        report.Equal<int?>("max_seq_length", cases.Description.Count("max_seq_length"), model.Facts.MaxTokens);
        report.Equal("similarity", cases.Description.Text("similarity"), model.Sentence.Similarity.ToString().ToLowerInvariant());
        using SafeTensorsFile expected = SafeTensorsFile.Open(Path.Combine(folder, CaseVerifier.Expected));
        var comparison = new SentenceCallComparison(model, texts, expected, cases.Description.Number("tolerance"), report);
        int calls = 0;
        foreach (JsonElement call in cases.Rows("calls.jsonl")) comparison.Compare(calls++, call);
        return report.Finish($"{Wording.Count(calls, "call")} with {Wording.Count(texts.Length, "text")}");
    });
}
