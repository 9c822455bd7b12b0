using System.Text;
using System.Text.Unicode;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;
using BertCompiler.Tool.Tokenizers.Steps;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// Reads a vocab.txt as transformers' BertTokenizer and MPNetTokenizer do: the line number is the id, what is white space at the end of a line is cut off.
/// Options and special tokens come from tokenizer_config.json and special_tokens_map.json.
/// </summary>
internal static class VocabFileReader
{
    private const int DefaultMaxWordLength = 100;
    private static readonly string[] BertClasses = ["BertTokenizer", "BertTokenizerFast", "DistilBertTokenizer", "DistilBertTokenizerFast",
        "ElectraTokenizer", "ElectraTokenizerFast", "PreTrainedTokenizerFast", "TokenizersBackend"];

    /// <summary>BERT's pieces between RoBERTa's special tokens.</summary>
    private static readonly string[] MPNetClasses = ["MPNetTokenizer", "MPNetTokenizerFast", "mpnet"];

    public static TokenizerDescription Read(
        byte[] text, string path, JsonItem? config, JsonItem? map, JsonItem? modelConfig, int? tableRows, List<Problem> problems)
    {
        bool isMPNet = MPNetClasses.Contains((config?.FindValue("tokenizer_class") ?? modelConfig?.FindValue("model_type"))?.AsText("the tokenizer's class"));
        if (!isMPNet) RequireBert(config);
        List<string> lines = Lines(text, path);
        if (tableRows is { } rows && lines.Count > rows)
        {
            throw Fault(ProblemKinds.VocabInconsistent, path, rows + 1, $"vocab.txt has {lines.Count} lines, and the word table has {rows} rows (vocab_size in config.json)");
        }

        (List<VocabularyPiece> pieces, Dictionary<string, int> ids) = Pieces(lines, path, problems);
        TokenRoles roles = WithUsualNames(TokenRoles.Read(config, map), isMPNet);
        int unk = Require(roles.Unk!, "unknown words");
        int cls = Require(roles.Cls!, "the beginning");
        int sep = Require(roles.Sep!, "the end");
        PostProcessorReader template = isMPNet ? PostProcessorReader.Roberta(cls, sep, TokenizerOptions.TrimOffsets) : PostProcessorReader.Bert(cls, sep);
        IReadOnlyList<AddedToken> added = ConfigTokens.Read(config, map, roles, ids, lines.Count, tableRows);
        return new()
        {
            Model = TokenizerModelKind.WordPiece,
            Pieces = pieces,
            ModelUnknownId = unk,
            ContinuationPrefix = "##",
            MaxWordLength = DefaultMaxWordLength,
            Normalizers = Normalizers(config),
            PreTokenizers = [SplitterSteps.BertWords],
            Decoders = [DecoderSteps.WordPiece("##", cleanUp: true)],
            Options = template.Options,
            AddedTokens = isMPNet ? [.. ConfigTokens.AsRoberta(added, roles, config, map)] : added,
            SingleTemplate = template.Single,
            PairTemplate = template.Pair,
            Special = roles.Resolve(t => ids.GetValueOrDefault(t, -1), template.Single, unk, padId: null),
        };

        int Require(string token, string role) => ids.TryGetValue(token, out int id)
            ? id
            : throw Fault(ProblemKinds.VocabInconsistent, path, 0, $"vocab.txt lacks the token for {role}, '{token}'");
    }

    private static TokenRoles WithUsualNames(TokenRoles roles, bool isMPNet) => isMPNet
        ? new(roles.Unk ?? "[UNK]", roles.Cls ?? "<s>", roles.Sep ?? "</s>", roles.Mask ?? "<mask>", roles.Pad ?? "<pad>")
        : new(roles.Unk ?? "[UNK]", roles.Cls ?? "[CLS]", roles.Sep ?? "[SEP]", roles.Mask, roles.Pad);

    private static TokenizerFault Fault(ProblemKind kind, string path, int line, string message)
        => new(new(kind, Severity.Error, path, line, line > 0 ? 1 : 0, message));

    private static void RequireBert(JsonItem? config)
    {
        if (config?.FindValue("tokenizer_class") is { } item && !BertClasses.Contains(item.AsText("'tokenizer_class'")))
        {
            string name = item.AsText("'tokenizer_class'");
            throw item.Fault(ProblemKinds.TokenizerUnsupported, $"tokenizer_config.json: the tokenizer_class '{name}' is not supported without a tokenizer.json");
        }

        if (config?.FindValue("do_basic_tokenize") is { } basic && !basic.AsBoolean("'do_basic_tokenize'"))
        {
            throw basic.Fault(ProblemKinds.TokenizerUnsupported, "tokenizer_config.json: do_basic_tokenize=false is not supported");
        }
    }

    private static IReadOnlyList<TokenizerStep> Normalizers(JsonItem? config)
    {
        bool lower = Flag("do_lower_case") ?? true;
        return NormalizerReader.Bert(Flag("clean_text") ?? true, Flag("tokenize_chinese_chars") ?? true, Flag("strip_accents") ?? lower, lower);

        bool? Flag(string name) => config?.FindValue(name)?.AsBoolean($"'{name}'");
    }

    private static List<string> Lines(byte[] bytes, string path)
    {
        ReadOnlySpan<byte> text = bytes;
        if (text.StartsWith(Encoding.UTF8.Preamble)) text = text[Encoding.UTF8.Preamble.Length..];
        var lines = new List<string>();
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (!Utf8.IsValid(line)) throw Fault(ProblemKinds.VocabMalformed, path, lines.Count + 1, $"vocab.txt, line {lines.Count + 1}: not valid UTF-8");
            lines.Add(TrimEnd(Encoding.UTF8.GetString(line)));
        }

        if (lines.Count == 0) throw Fault(ProblemKinds.VocabMalformed, path, 0, "vocab.txt is empty: no token");
        return lines;
    }

    private static string TrimEnd(string line)
    {
        int end = line.Length;
        while (end > 0 && (UnicodeTables.FlagsOf(line[end - 1]) & CodePointFlags.WhiteSpace) != 0) end--;
        return line[..end];
    }

    /// <summary>Of a token that stands on several lines the last counts, as in the reference; the ids before are never produced.</summary>
    private static (List<VocabularyPiece> Pieces, Dictionary<string, int> Ids) Pieces(List<string> lines, string path, List<Problem> problems)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int id = 0; id < lines.Count; id++)
        {
            if (ids.TryGetValue(lines[id], out int earlier))
            {
                string message = $"vocab.txt: '{lines[id]}' stands on the lines {earlier + 1} and {id + 1}; the later one counts";
                problems.Add(new(ProblemKinds.VocabInconsistent, Severity.Warning, path, id + 1, 1, message));
            }

            ids[lines[id]] = id;
        }

        return ([.. ids.Select(p => new VocabularyPiece(p.Key, p.Value))], ids);
    }
}
