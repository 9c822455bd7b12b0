using System.Text.Json;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>
/// Every layout that sentence-transformers has written (golden/tasks/sentence_embeddings) is read as it reads it; modules that do not compile
/// are refused by name.
/// </summary>
public sealed class SentenceFoldersTest
{
    private static readonly string[] Supported = ["Transformer", "Pooling", "Normalize", "Dropout"];

    public static TheoryData<string> Cases()
    {
        var names = new TheoryData<string>();
        if (SharedData.Root is null) return names;
        foreach (string path in Directory.GetDirectories(SharedData.Require("golden", "tasks", "sentence_embeddings")).Order(StringComparer.Ordinal))
        {
            if (File.Exists(Path.Combine(path, "modules.json"))) names.Add(Path.GetFileName(path));
        }

        return names;
    }

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void Folder_is_read_as_sentence_transformers_reads_it(string name)
    {
        string source = SharedData.Require("golden", "tasks", "sentence_embeddings", name);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(source, "case.json")));
        JsonElement expected = document.RootElement;
        using var folder = new TemporaryFolder();
        Copy(Path.Combine(source, expected.GetProperty("base").GetString()!), Path.Combine(folder.Path, expected.GetProperty("base_into").GetString()!));
        Copy(source, folder.Path);
        ModelInspection model = ModelImporter.Inspect(folder.Path);
        string[] modules = [.. expected.GetProperty("modules").EnumerateArray().Select(m => m.GetString()!)];
        if (modules.FirstOrDefault(m => !Supported.Contains(m)) is { } unsupported)
        {
            Problem problem = Assert.Single(model.Problems, p => p.Severity == Severity.Error);
            Assert.Equal(ProblemKinds.ConfigUnsupported, problem.Kind);
            Assert.Contains(unsupported, problem.Message, StringComparison.Ordinal);
            return;
        }

        Assert.True(model.Succeeded, string.Join("\n", model.Problems));
        Assert.Equal(HeadKind.None, model.Spec!.Head.Kind);
        Assert.Equal(expected.GetProperty("max_seq_length").GetInt32(), model.Spec.MaxTokens);
        SentenceSpec sentence = model.Spec.Sentence!;
        Assert.Equal(Pooling(expected.GetProperty("pooling")), sentence.Pooling);
        Assert.Equal(modules.Contains("Normalize"), sentence.Normalize);
        bool mustWarn = name is "prompts_default" or "truncate_dim_in_config";
        if (mustWarn) Assert.Contains(model.Problems, p => p.Kind == ProblemKinds.ConfigUnsupported && p.Severity == Severity.Warning);
        if (name != "truncate_dim_in_config") CompareCalls(source, folder.Path, expected.GetProperty("tolerance").GetDouble());
    }

    /// <summary>
    /// Ids and embeddings of the calls that this library can make: without options, or with a prompt, which the program puts before the
    /// texts; where pooling leaves the prompt out, only calls without one.
    /// </summary>
    private static void CompareCalls(string source, string folder, double tolerance)
    {
        string[] texts = JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(Path.Combine(source, "..", "texts.json")))!;
        using SafeTensorsFile expected = SafeTensorsFile.Open(Path.Combine(source, "expected.safetensors"));
        using var model = (SentenceEncoder)ModelCache.OfUser.Get(folder, Taps.None).Load();
        string pooling = Directory.GetDirectories(source, "*_Pooling").Single();
        using JsonDocument settings = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(pooling, "config.json")));
        bool excludes = settings.RootElement.TryGetProperty("include_prompt", out JsonElement include) && !include.GetBoolean();
        foreach ((string line, int number) in File.ReadLines(Path.Combine(source, "calls.jsonl")).Select((line, i) => (line, i)))
        {
            using JsonDocument call = JsonDocument.Parse(line);
            string? prompt = call.RootElement.GetProperty("prompt_used").GetString();
            string[] options = [.. call.RootElement.GetProperty("call").EnumerateObject().Select(o => o.Name)];
            if (options.Any(o => o is not ("prompt" or "prompt_name")) || (excludes && prompt is not null)) continue;
            CompareCall(model, [.. texts.Select(t => prompt + t)], call.RootElement.GetProperty("ids"), expected.ReadSingles(expected.Find($"call{number}")!), tolerance);
        }
    }

    private static void CompareCall(SentenceEncoder model, string[] texts, JsonElement ids, float[] expected, double tolerance)
    {
        var batch = new TokenBatch();
        for (int i = 0; i < texts.Length; i++)
        {
            batch.Clear();
            model.Tokenizer.Append(texts[i], model.Facts.MaxTokens, batch);
            Assert.Equal(ids[i].EnumerateArray().Select(id => id.GetInt32()), batch.Ids.ToArray());
        }

        var actual = new float[expected.Length];
        model.Embed(texts, actual);
        Assert.Equal(texts.Length * model.Facts.Dimension, expected.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }

    private static IEnumerable<PoolingMode> Pooling(JsonElement names) =>
        (names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Select(n => n.GetString()!) : [names.GetString()!]).Select(n => n switch
        {
            "cls" => PoolingMode.Cls,
            "max" => PoolingMode.Max,
            "mean" => PoolingMode.Mean,
            "mean_sqrt_len_tokens" => PoolingMode.MeanSqrtLength,
            "weightedmean" => PoolingMode.WeightedMean,
            _ => PoolingMode.LastToken,
        });

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from, "*.json").Concat(Directory.GetFiles(from, "model.safetensors"))) File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        foreach (string folder in Directory.GetDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
