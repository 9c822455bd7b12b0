using System.Text;
using System.Text.Unicode;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Steps;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// Reads a vocab.txt as transformers' BertTokenizer, the classes that equal it and MPNetTokenizer do: the line number is the id, what is white
/// space at the end of a line is cut off. Options and special tokens come from <see cref="TokenizerFiles"/>.
/// </summary>
internal static class VocabFileReader
{
    private const int DefaultMaxWordLength = 100;

    /// <summary>Reads the file.</summary>
    /// <param name="text">Its bytes.</param>
    /// <param name="path">Its path.</param>
    /// <param name="files">The files beside it.</param>
    /// <param name="tableRows">Rows of the word table, where known.</param>
    /// <param name="problems">Takes warnings.</param>
    /// <exception cref="TokenizerFault">Malformed, inconsistent or not supported.</exception>
    public static TokenizerDescription Read(byte[] text, string path, TokenizerFiles files, int? tableRows, List<Problem> problems)
    {
        bool isMPNet = files.Class == TokenizerClass.MPNet;
        if (!isMPNet) RequireBasic(files);
        List<string> lines = Lines(text, path);
        if (tableRows is { } rows && lines.Count > rows)
        {
            throw Fault(ProblemKinds.VocabInconsistent, path, rows + 1, $"vocab.txt has {lines.Count} lines, and the word table has {rows} rows (vocab_size in config.json)");
        }

        (List<VocabularyPiece> pieces, Dictionary<string, int> ids) = Pieces(lines, path, problems);
        TokenRoles roles = TokenRoles.Read(files).Or((isMPNet ? TokenizerClass.MPNet : TokenizerClass.Bert).Special);
        int unk = ids.TryGetValue(roles.Unk!, out int known) ? known : throw Lacks(roles.Unk!, "unknown words");
        ConfigTokens added = ConfigTokens.Read(files, roles, new(ids, lines.Count, tableRows));
        if (isMPNet) added.StripBeforeMask(roles.Mask);
        int cls = Require(roles.Cls!, "the beginning");
        int sep = Require(roles.Sep!, "the end");
        problems.AddRange(added.Warnings);
        PostProcessorReader template = isMPNet ? PostProcessorReader.Roberta(cls, sep, TokenizerOptions.TrimOffsets) : PostProcessorReader.Bert(cls, sep);
        return new()
        {
            Model = TokenizerModelKind.WordPiece,
            Pieces = pieces,
            ModelUnknownId = unk,
            ContinuationPrefix = "##",
            MaxWordLength = DefaultMaxWordLength,
            Normalizers = Normalizers(files),
            PreTokenizers = [SplitterSteps.BertWords],
            Decoders = [DecoderSteps.WordPiece("##", cleanUp: true)],
            Options = template.Options | files.TruncationOption(otherwise: null),
            AddedTokens = added.InOrder,
            SingleTemplate = template.Single,
            PairTemplate = template.Pair,
            Special = roles.Resolve(added.IdOf, template.Single, unk, padId: null),
        };

        int Require(string token, string role) => added.NamedIdOf(token) is >= 0 and var id ? id : throw Lacks(token, role);

        TokenizerFault Lacks(string token, string role) => Fault(ProblemKinds.VocabInconsistent, path, 0, $"vocab.txt lacks the token for {role}, '{token}'");
    }

    private static TokenizerFault Fault(ProblemKind kind, string path, int line, string message)
        => new(new(kind, Severity.Error, path, line, line > 0 ? 1 : 0, message));

    private static void RequireBasic(TokenizerFiles files)
    {
        if (files.Config?.FindValue("do_basic_tokenize") is { } basic && !basic.AsBoolean("'do_basic_tokenize'"))
        {
            throw basic.Fault(ProblemKinds.TokenizerUnsupported, "tokenizer_config.json: do_basic_tokenize=false is not supported");
        }
    }

    private static IReadOnlyList<TokenizerStep> Normalizers(TokenizerFiles files)
    {
        bool lower = files.Flag("do_lower_case") ?? true;
        return NormalizerReader.Bert(files.Flag("clean_text") ?? true, files.Flag("tokenize_chinese_chars") ?? true, files.Flag("strip_accents") ?? lower, lower);
    }

    private static List<string> Lines(byte[] bytes, string path)
    {
        if (TextEncoding.Other(bytes) is { } other) throw Fault(ProblemKinds.VocabMalformed, path, 1, $"vocab.txt is not valid UTF-8: it is {other}");
        ReadOnlySpan<byte> text = bytes.AsSpan(TextEncoding.MarkLength(bytes));
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
