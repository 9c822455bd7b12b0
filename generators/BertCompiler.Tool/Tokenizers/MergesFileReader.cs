using System.Text;
using System.Text.Unicode;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;
using BertCompiler.Tool.Tokenizers.Models;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// Reads vocab.json and merges.txt as transformers' RobertaTokenizer does; options and special tokens come from tokenizer_config.json and
/// special_tokens_map.json.
/// </summary>
internal static class MergesFileReader
{
    private static readonly string[] Classes = ["RobertaTokenizer", "RobertaTokenizerFast", "LongformerTokenizer", "LongformerTokenizerFast"];

    /// <summary>Whether these files are read for the class that the configuration names.</summary>
    public static bool IsFor(JsonItem? config) => config?.FindValue("tokenizer_class") is not { } item || Classes.Contains(item.AsText("'tokenizer_class'"));

    /// <summary>Reads the files.</summary>
    /// <param name="vocab">vocab.json.</param>
    /// <param name="merges">Bytes of merges.txt.</param>
    /// <param name="path">Path of merges.txt.</param>
    /// <param name="config">tokenizer_config.json, where there is one.</param>
    /// <param name="map">special_tokens_map.json, where there is one.</param>
    /// <param name="tableRows">Rows of the word table, where known.</param>
    public static TokenizerDescription Read(JsonItem vocab, byte[] merges, string path, JsonItem? config, JsonItem? map, int? tableRows)
    {
        RequireRoberta(config);
        var vocabulary = new Vocabulary(tableRows);
        ModelBlock.ReadMap(vocab, vocabulary, "the vocabulary");
        TokenRoles roles = WithUsualNames(TokenRoles.Read(config, map));
        int cls = Require(roles.Cls!, "the beginning");
        int sep = Require(roles.Sep!, "the end");
        bool prefix = config?.FindValue("add_prefix_space")?.AsBoolean("'add_prefix_space'") ?? false;
        bool trim = config?.FindValue("trim_offsets")?.AsBoolean("'trim_offsets'") ?? true;
        PostProcessorReader template = PostProcessorReader.Roberta(
            cls, sep, trim ? TokenizerOptions.TrimOffsets | (prefix ? TokenizerOptions.AddPrefixSpace : 0) : TokenizerOptions.None);
        var model = new ModelBlock { Kind = TokenizerModelKind.Bpe, Vocabulary = vocabulary, Merges = ReadMerges(merges, path, vocabulary) };
        if (!BpeBlock.SpellsEverything(model, endsWithByteLevel: true))
        {
            throw vocab.Fault(ProblemKinds.TokenizerUnsupported, $"{vocab.Tree.Name}: the vocabulary lacks letters of bytes; that is not supported");
        }

        Dictionary<string, int> ids = vocabulary.Pieces.ToDictionary(p => p.Text, p => p.Id, StringComparer.Ordinal);
        return new()
        {
            Model = TokenizerModelKind.Bpe,
            Pieces = vocabulary.Pieces,
            Merges = model.Merges,
            Options = template.Options,
            PreTokenizers = [SplitterSteps.ByteLevel(prefix, split: true)],
            Decoders = [DecoderSteps.ByteLevel],
            AddedTokens = [.. ConfigTokens.AsRoberta(ConfigTokens.Read(config, map, roles, ids, ids.Count, tableRows), roles, config, map)],
            SingleTemplate = template.Single,
            PairTemplate = template.Pair,
            Special = roles.Resolve(t => ids.GetValueOrDefault(t, -1), template.Single, unknownId: -1, padId: null),
        };

        int Require(string token, string role)
        {
            int id = vocabulary.IdOf(token);
            return id >= 0 ? id : throw vocab.Fault(ProblemKinds.VocabInconsistent, $"{vocab.Tree.Name} lacks the token for {role}, '{token}'");
        }
    }

    private static TokenRoles WithUsualNames(TokenRoles roles)
        => new(roles.Unk ?? "<unk>", roles.Cls ?? "<s>", roles.Sep ?? "</s>", roles.Mask ?? "<mask>", roles.Pad ?? "<pad>");

    private static void RequireRoberta(JsonItem? config)
    {
        if (IsFor(config)) return;
        JsonItem item = config!.Value.Require("tokenizer_class", "the file");
        throw item.Fault(
            ProblemKinds.TokenizerUnsupported, $"tokenizer_config.json: the tokenizer_class '{item.AsText("'tokenizer_class'")}' is not supported without a tokenizer.json");
    }

    private static IReadOnlyList<MergeRule> ReadMerges(byte[] bytes, string path, Vocabulary vocabulary)
    {
        if (!Utf8.IsValid(bytes)) throw Fault(ProblemKinds.VocabMalformed, path, 0, "merges.txt is not valid UTF-8");
        string text = Encoding.UTF8.GetString(bytes);
        var merges = new MergeListBuilder(vocabulary, prefix: "", "merges.txt");
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            // What stands behind the last line feed is no line.
            if (i == lines.Length - 1 && lines[i].Length == 0) break;
            string line = lines[i].EndsWith('\r') ? lines[i][..^1] : lines[i];
            if (line.StartsWith("#version", StringComparison.Ordinal)) continue;
            int number = i + 1;
            merges.Add(line.Split(' '), (kind, message) => Fault(Vocab(kind), path, number, $"merges.txt, line {number}: {message}"));
        }

        return merges.Merges;
    }

    private static ProblemKind Vocab(ProblemKind kind) => kind == ProblemKinds.TokenizerMalformed ? ProblemKinds.VocabMalformed : ProblemKinds.VocabInconsistent;

    private static TokenizerFault Fault(ProblemKind kind, string path, int line, string message)
        => new(new(kind, Severity.Error, path, line, line > 0 ? 1 : 0, message));
}
