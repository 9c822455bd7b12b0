using System.Text;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;
using BertCompiler.Tool.Tokenizers.Models;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// Reads vocab.json and merges.txt as transformers' RobertaTokenizer and the classes that equal it do; options and special tokens come from
/// <see cref="TokenizerFiles"/>.
/// </summary>
internal static class MergesFileReader
{
    /// <summary>Reads the files.</summary>
    /// <param name="vocab">vocab.json.</param>
    /// <param name="merges">Bytes of merges.txt.</param>
    /// <param name="path">Path of merges.txt.</param>
    /// <param name="files">The files beside them.</param>
    /// <param name="tableRows">Rows of the word table, where known.</param>
    /// <param name="problems">Takes warnings.</param>
    /// <exception cref="TokenizerFault">Malformed, inconsistent or not supported.</exception>
    public static TokenizerDescription Read(JsonItem vocab, byte[] merges, string path, TokenizerFiles files, int? tableRows, List<Problem> problems)
    {
        var vocabulary = new Vocabulary(tableRows);
        ModelBlock.ReadMap(vocab, vocabulary, "the vocabulary");
        TokenRoles roles = TokenRoles.Read(files).Or(TokenizerClass.Roberta.Special);
        ConfigTokens added = ConfigTokens.Read(files, roles, KnownIds.Of(vocabulary));
        added.StripBeforeMask(roles.Mask);
        int cls = Require(roles.Cls!, "the beginning");
        int sep = Require(roles.Sep!, "the end");
        problems.AddRange(added.Warnings);
        bool prefix = files.Flag("add_prefix_space") ?? false;
        bool trim = files.Flag("trim_offsets") ?? true;
        PostProcessorReader template = PostProcessorReader.Roberta(cls, sep, new OffsetTrimming(prefix, trim).Options);
        var model = new ModelBlock { Kind = TokenizerModelKind.Bpe, Vocabulary = vocabulary, Merges = ReadMerges(merges, path, vocabulary) };
        if (!BpeBlock.SpellsEverything(model, endsWithByteLevel: true))
        {
            throw vocab.Fault(ProblemKinds.TokenizerUnsupported, $"{vocab.Tree.Name}: the vocabulary lacks letters of bytes; that is not supported");
        }

        return new()
        {
            Model = TokenizerModelKind.Bpe,
            Pieces = vocabulary.Pieces,
            Merges = model.Merges,
            Options = template.Options | files.TruncationOption(otherwise: null),
            PreTokenizers = [SplitterSteps.ByteLevel(prefix, split: true)],
            Decoders = [DecoderSteps.ByteLevel],
            AddedTokens = added.InOrder,
            SingleTemplate = template.Single,
            PairTemplate = template.Pair,
            Special = roles.Resolve(added.IdOf, template.Single, unknownId: -1, padId: null),
        };

        int Require(string token, string role) => added.NamedIdOf(token) is >= 0 and var id
            ? id
            : throw vocab.Fault(ProblemKinds.VocabInconsistent, $"{vocab.Tree.Name} lacks the token for {role}, '{token}'");
    }

    private static IReadOnlyList<MergeRule> ReadMerges(byte[] bytes, string path, Vocabulary vocabulary)
    {
        if (TextEncoding.FaultOf(bytes, out int invalid) is { } fault) throw Fault(ProblemKinds.VocabMalformed, path, bytes.AsSpan(0, invalid).Count((byte)'\n') + 1, $"merges.txt {fault}");
        string text = Encoding.UTF8.GetString(bytes.AsSpan(TextEncoding.MarkLength(bytes)));
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
