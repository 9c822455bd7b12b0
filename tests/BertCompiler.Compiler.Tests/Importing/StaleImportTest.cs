using System.CommandLine;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Importers.Freshness;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>What makes a build import a model again, and what does not.</summary>
public sealed class StaleImportTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly Dictionary<string, Action<string>> _changes = new(StringComparer.Ordinal)
    {
        ["two lines of the vocabulary change places"] = model => Rewrite(model, "0_Transformer/vocab.txt", DateTime.UtcNow),
        ["an older vocabulary of the same size"] = model => Rewrite(model, "0_Transformer/vocab.txt", DateTime.UtcNow.AddYears(-3)),
        ["another vocabulary of the same size and time, as archives have it"] = model => Rewrite(model, "0_Transformer/vocab.txt", File.GetLastWriteTimeUtc(Path.Combine(model, "0_Transformer/vocab.txt"))),
        ["older weights"] = model => Replace(Path.Combine(model, "0_Transformer/part.1"), bytes => bytes[^1] ^= 1, DateTime.UtcNow.AddYears(-3)),
        ["a file that a link leads to"] = model => Replace(Path.Combine(model, "../linked.json"), bytes => bytes[^1] = (byte)' ', DateTime.UtcNow.AddYears(-3)),
        ["a file that the index alone names"] = model => Replace(Path.Combine(model, "0_Transformer/part.2"), bytes => bytes[^1] ^= 1, DateTime.UtcNow.AddYears(-3)),
        ["a file goes away"] = model => File.Delete(Path.Combine(model, "0_Transformer/special_tokens_map.json")),
        ["a tokenizer that is read before vocab.txt appears"] = model => File.WriteAllText(Path.Combine(model, "0_Transformer/tokenizer.json"), "{}"),
        ["a damaged result"] = model => Replace(Path.Combine(model, "../obj/Shop.Model.bertw"), bytes => bytes[^1] ^= 1, DateTime.UtcNow),
        ["a shortened result"] = model => File.WriteAllText(Path.Combine(model, "../obj/Shop.Model.bertw"), "x"),
        ["a lost result"] = model => File.Delete(Path.Combine(model, "../obj/Shop.Model.bertw")),
        ["a lost manifest"] = model => File.Delete(Path.Combine(model, "../obj/Shop.Model.bertmanifest")),
        ["a damaged record"] = model => File.WriteAllText(Path.Combine(model, "../obj/Shop.Model.imported"), "bertc import 1\nread 1\n"),
    };

    public static TheoryData<string> Changes => [.. _changes.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_is_imported_and_then_all_is_fresh(string change)
    {
        string model = Save(), list = Order(model), packed = _folder["obj/Shop.Model.bertw"];
        Assert.False(Fresh(list));
        Assert.Equal(0, await Import(list));
        Assert.True(Fresh(list));
        byte[] good = File.ReadAllBytes(packed);
        _changes[change](model);
        Assert.False(Fresh(list));
        int code = await Import(list);
        if (change.StartsWith("a tokenizer that", StringComparison.Ordinal))
        {
            Assert.Equal(1, code); // it is read, and is none
            Assert.False(Fresh(list));
            return;
        }

        Assert.Equal(0, code);
        Assert.True(Fresh(list));
        bool isOther = change.Contains("vocabulary", StringComparison.Ordinal) || change.Contains("weights", StringComparison.Ordinal) || change.Contains("index", StringComparison.Ordinal);
        Assert.Equal(isOther, !good.AsSpan().SequenceEqual(File.ReadAllBytes(packed)));
    }

    [Fact]
    public async Task What_no_import_reads_changes_nothing()
    {
        string model = Save(), list = Order(model);
        await Import(list);
        File.WriteAllText(Path.Combine(model, "README.md"), "new");
        Directory.CreateDirectory(Path.Combine(model, ".git", "objects"));
        File.WriteAllText(Path.Combine(model, ".git", "objects", "index.json"), "new");
        File.WriteAllText(Path.Combine(model, "events.log"), "new");
        Assert.True(Fresh(list));
        File.WriteAllText(list, File.ReadAllText(list).TrimEnd() + "\t--weights\tmodel.safetensors\n");
        Assert.False(Fresh(list)); // other options are another import
    }

    /// <summary>Nothing is written into a file that a program may have mapped: the old one stays as it was, without a name.</summary>
    [Fact]
    public async Task Results_are_new_files_in_the_place_of_the_old_ones()
    {
        string model = Save(), list = Order(model), packed = _folder["obj/Shop.Model.bertw"];
        await Import(list);
        byte[] before = File.ReadAllBytes(packed);
        using FileStream held = File.OpenRead(packed);
        _changes["older weights"](model);
        await Import(list);
        var old = new byte[before.Length];
        held.ReadExactly(old);
        Assert.Equal(before, old);
        Assert.NotEqual(before, File.ReadAllBytes(packed));
        Assert.Equal(["Shop.Model.bertmanifest", "Shop.Model.bertw", "Shop.Model.imported"], Directory.EnumerateFiles(_folder["obj"]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    /// <summary>An editor gets a warning and keeps what there was; a build gets the error.</summary>
    [Fact]
    public async Task A_broken_model_is_an_error_of_a_build_alone()
    {
        string model = Save(), list = Order(model);
        await Import(list);
        byte[] manifest = File.ReadAllBytes(_folder["obj/Shop.Model.bertmanifest"]);
        File.WriteAllText(Path.Combine(model, "0_Transformer/config.json"), "{");
        (int code, string output) = await Captured(list, "--editor");
        Assert.Equal(0, code);
        Assert.Matches(@"config\.json\(\d+,\d+\): warning BERT1001: ", output);
        Assert.Equal(manifest, File.ReadAllBytes(_folder["obj/Shop.Model.bertmanifest"]));
        (code, output) = await Captured(list);
        Assert.Equal(1, code);
        Assert.Matches(@"config\.json\(\d+,\d+\): error BERT1001: ", output);
    }

    [Fact]
    public async Task Warnings_are_said_again_where_nothing_changed()
    {
        new TinyModel().Save(_folder["model"]);
        File.WriteAllLines(_folder["model/vocab.txt"], ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Enumerable.Range(0, 16).Select(i => "w" + i)]);
        string list = Order(_folder["model"]);
        (_, string first) = await Captured(list); // no modules.json: the mean over the tokens is taken
        (_, string second) = await Captured(list);
        Assert.Matches(@"modules\.json: warning BERT\d+: ", first);
        Assert.Contains("importing ", first, StringComparison.Ordinal);
        Assert.DoesNotContain("importing ", second, StringComparison.Ordinal);
        Assert.Equal(first.Split('\n').Where(l => l.Contains("warning", StringComparison.Ordinal)), second.Split('\n').Where(l => l.Contains("warning", StringComparison.Ordinal)));
    }

    private static async Task<int> Import(string list, params string[] options) => await ImportAllCommand.Create().Parse([list, .. options]).InvokeAsync();

    private static async Task<(int Code, string Output)> Captured(string list, params string[] options)
    {
        Commands.Bertc.Result result = await Task.Run(() => Commands.Bertc.Run("", ["import-all", list, .. options]));
        return (result.ExitCode, result.Output + result.Errors);
    }

    private static bool Fresh(string list) => ImportOrder.ReadAll(list).All(o => ImportRecord.OfFresh(o) is not null);

    /// <summary>The layout of old sentence-transformers, without a config.json of its own, with shards of odd names and a link.</summary>
    private string Save()
    {
        string model = _folder["model"], transformer = Path.Combine(model, "0_Transformer");
        new TinyModel().SaveShards(transformer, name => name.StartsWith("embeddings", StringComparison.Ordinal) ? "part.1" : "part.2");
        File.WriteAllLines(Path.Combine(transformer, "vocab.txt"), ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Enumerable.Range(0, 16).Select(i => "w" + i)]);
        File.WriteAllText(Path.Combine(transformer, "special_tokens_map.json"), """{"mask_token": "[MASK]"}""");
        File.WriteAllText(Path.Combine(model, "modules.json"), """
            [
              {"idx": 0, "name": "0", "path": "0_Transformer", "type": "sentence_transformers.models.Transformer"},
              {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}
            ]
            """);
        Directory.CreateDirectory(Path.Combine(model, "1_Pooling"));
        File.WriteAllText(Path.Combine(model, "1_Pooling", "config.json"), """{"word_embedding_dimension": 66, "pooling_mode_mean_tokens": true}""");
        File.WriteAllText(_folder["linked.json"], "{\"max_seq_length\": 8, \"do_lower_case\": false}\n");
        File.CreateSymbolicLink(Path.Combine(transformer, "sentence_bert_config.json"), _folder["linked.json"]);
        return model;
    }

    private string Order(string model)
    {
        string list = _folder["list"];
        File.WriteAllText(list, $"{_folder["obj/Shop.Model.imported"]}\t{model}\n");
        return list;
    }

    private static void Rewrite(string model, string file, DateTime time) => Replace(Path.Combine(model, file), bytes => (bytes[^2], bytes[^5]) = (bytes[^5], bytes[^2]), time);

    private static void Replace(string path, Action<byte[]> change, DateTime time)
    {
        byte[] bytes = File.ReadAllBytes(path);
        change(bytes);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, time);
    }
}
