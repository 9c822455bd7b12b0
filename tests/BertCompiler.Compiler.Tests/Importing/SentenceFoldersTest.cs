using System.Text.Json;
using BertCompiler.Core.Spec;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Verification;
using BertCompiler.Tool.Verification.Tasks;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>
/// Every layout that sentence-transformers has written (golden/tasks/sentence_embeddings) is read as it reads it, and gives the ids, prompts,
/// embeddings and similarities that it gives.
/// </summary>
public sealed class SentenceFoldersTest
{
    public static TheoryData<string> Cases()
    {
        var names = new TheoryData<string>();
        if (SharedData.Root is null) return names;
        foreach (string path in Directory.GetDirectories(SharedData.Require("golden", "tasks", "sentence_embeddings")).Order(StringComparer.Ordinal))
        {
            if (File.Exists(Path.Combine(path, "calls.jsonl"))) names.Add(Path.GetFileName(path));
        }

        return names;
    }

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void Every_call_gives_what_sentence_transformers_gives(string name)
    {
        var verifier = new SentenceEmbeddingVerifier(ModelCache.OfUser);
        string folder = SharedData.Require("golden", "tasks", "sentence_embeddings", name);
        Assert.True(verifier.Recognises(folder));
        FolderReport report = verifier.Verify(folder, default);
        Assert.True(report.Verdict == Verdict.Passed, string.Join('\n', report.Lines.Concat(report.Tensors.Where(t => !t.Passed).Select(t => t.ToString()))));
    }

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void The_modules_are_read_without_a_word(string name)
    {
        using TaskFolder folder = TaskFolder.Open(SharedData.Require("golden", "tasks", "sentence_embeddings", name));
        if (folder.Description.Find("modules") is not { } modules) return;
        ModelInspection model = ModelImporter.Inspect(folder.Model());
        Assert.Empty(model.Problems);
        Assert.Equal(HeadKind.None, model.Spec!.Head.Kind);
        string[] expected = [.. modules.EnumerateArray().Select(m => m.GetString()!).Where(m => m is not ("Transformer" or "Pooling" or "Dropout"))];
        Assert.Equal(expected, model.Spec.Sentence!.Modules.Select(m => m.GetType().Name.Replace("Module", "", StringComparison.Ordinal)));
    }

    [SharedFact]
    public void Quantised_embeddings_are_those_of_sentence_transformers()
    {
        FolderReport report = new QuantizationVerifier().Verify(SharedData.Require("golden", "tasks", "sentence_embeddings", "_quantize"), default);
        Assert.True(report.Verdict == Verdict.Passed, string.Join('\n', report.Lines));
    }

    /// <summary>A wrong prompt, a wrong id and a wrong number are seen: the comparison itself can fail.</summary>
    [SharedFact]
    public void A_difference_is_seen()
    {
        using TaskFolder source = TaskFolder.Open(SharedData.Require("golden", "tasks", "sentence_embeddings", "prompts_default"));
        using var copy = new TemporaryFolder();
        string folder = copy["case"];
        string model = source.Model();
        Directory.Move(model, folder);
        Directory.CreateDirectory(model);
        File.Copy(SharedData.Require("golden", "tasks", "sentence_embeddings", "texts.json"), copy["texts.json"]);
        File.WriteAllText(Path.Combine(folder, "case.json"), File.ReadAllText(source.FileOf("case.json")).Replace("\"base\"", "\"x\"", StringComparison.Ordinal));
        string calls = File.ReadAllText(source.FileOf("calls.jsonl"));
        File.WriteAllText(Path.Combine(folder, "calls.jsonl"), calls.Replace("\"prompt_used\":\"passage: \"", "\"prompt_used\":\"passage:\"", StringComparison.Ordinal).Replace("[2,2063,2206,30,3]", "[2,2063,2206,31,3]", StringComparison.Ordinal));
        byte[] expected = File.ReadAllBytes(source.FileOf("expected.safetensors"));
        expected[^1] ^= 0x80; // the sign of the last number
        File.WriteAllBytes(Path.Combine(folder, "expected.safetensors"), expected);
        FolderReport report = new SentenceEmbeddingVerifier(ModelCache.OfUser).Verify(folder, default);
        Assert.Equal(Verdict.Failed, report.Verdict);
        Assert.Contains(report.Lines, l => l.Contains("call1: prompt", StringComparison.Ordinal));
        Assert.Contains(report.Lines, l => l.Contains("call0: ids of text 3", StringComparison.Ordinal));
        Assert.Single(report.Tensors, t => !t.Passed);
    }
}
