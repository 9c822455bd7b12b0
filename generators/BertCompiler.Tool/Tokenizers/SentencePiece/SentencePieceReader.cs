using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Models;
using BertCompiler.Tool.Tokenizers.SentencePiece.Schema;
using BertCompiler.Tool.Tokenizers.Steps;
using Google.Protobuf;

namespace BertCompiler.Tool.Tokenizers.SentencePiece;

/// <summary>
/// Reads a SentencePiece model, those of the type unigram as transformers turns it into a tokenizer.json (<c>convert_slow_tokenizer.py</c>, SpmConverter): for
/// folders that have the model alone.
/// </summary>
internal static class SentencePieceReader
{
    private const int UnigramType = 1, BpeType = 2, ControlType = 3, UserDefinedType = 4;
    private const char Space = '\u2581';

    /// <summary>A parsed piece takes more memory than its bytes; no model in use has as many.</summary>
    private const int MostPieces = 1_000_000;

    private static readonly MessageParser<ModelProto> Parser = ModelProto.Parser.WithDiscardUnknownFields(true);

    /// <summary>Names under which models lie, in the order of trust.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["sentencepiece.bpe.model", "spiece.model", "sentencepiece.model", "tokenizer.model", "spm.model"];

    /// <summary>Reads a model.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="path">Its path.</param>
    /// <param name="files">The files beside it.</param>
    /// <param name="tableRows">Rows of the word table, where known.</param>
    /// <param name="problems">Takes warnings.</param>
    /// <exception cref="TokenizerFault">Malformed, inconsistent or not supported.</exception>
    public static TokenizerDescription Read(byte[] bytes, string path, TokenizerFiles files, int? tableRows, List<Problem> problems)
    {
        ModelProto model = Parse(bytes, path);
        if (model.TrainerSpec?.ModelType == BpeType) return SentencePieceBpe.Read(model, path, files, tableRows, problems);
        SentencePieceLayout layout = SentencePieceLayout.Of(model, path, files);
        var vocabulary = new Vocabulary(tableRows);
        List<double> scores = ReadPieces(model, layout, vocabulary, path);
        TokenRoles roles = TokenRoles.Read(files).Or(layout.Special);
        if (layout.Mask && !vocabulary.Contains(roles.Mask!)) Add(vocabulary, scores, roles.Mask!, 0, model.Pieces.Count, path);
        int unknown = layout.UnknownId >= 0 ? layout.UnknownId : model.TrainerSpec?.UnkId ?? 0;
        if (unknown < 0 || unknown >= scores.Count) throw Fault(ProblemKinds.TokenizerInconsistent, path, $"unk_id is {unknown}, and there are {scores.Count} pieces");
        ConfigTokens added = AddedTokens(model, layout, files, roles, vocabulary);
        int cls = Require(roles.Cls!), sep = Require(roles.Sep!);
        problems.AddRange(added.Warnings);
        IReadOnlyList<byte[]> maps = CharacterMaps(model, path);
        PostProcessorReader template = layout.IsRoberta ? PostProcessorReader.Roberta(cls, sep, TokenizerOptions.None) : PostProcessorReader.Bert(cls, sep);
        return new()
        {
            Model = TokenizerModelKind.Unigram,
            Pieces = vocabulary.Pieces,
            ModelUnknownId = unknown,
            Scores = scores,
            UnknownScore = new ModelBlock { Kind = TokenizerModelKind.Unigram, Vocabulary = vocabulary, Scores = scores }.UnknownScore,
            Options = template.Options | files.TruncationOption(otherwise: null) | (model.TrainerSpec?.ByteFallback == true ? TokenizerOptions.ByteFallback : TokenizerOptions.None),
            Normalizers = Normalizers(layout, files, maps),
            PreTokenizers = PreTokenizers(layout, files),
            Decoders = [DecoderSteps.Metaspace(Space, prepended: true)],
            CharacterMaps = maps,
            AddedTokens = added.InOrder,
            SingleTemplate = template.Single,
            PairTemplate = template.Pair,
            Special = roles.Resolve(added.IdOf, template.Single, unknown, padId: null),
        };

        int Require(string token) => added.NamedIdOf(token) is >= 0 and var id ? id : throw Fault(ProblemKinds.TokenizerInconsistent, path, $"the token '{token}' is not among its pieces");
    }

    private static ModelProto Parse(byte[] bytes, string path)
    {
        try
        {
            int count = CountPieces(bytes);
            if (count == 0) throw Fault(ProblemKinds.TokenizerMalformed, path, "holds no pieces: this is no SentencePiece model");
            if (count > MostPieces) throw Fault(ProblemKinds.TokenizerMalformed, path, $"holds {count} pieces; at most {MostPieces} are read");
            ModelProto model = Parser.ParseFrom(bytes);
            int type = model.TrainerSpec?.ModelType ?? UnigramType;
            if (type is not (UnigramType or BpeType)) throw Fault(ProblemKinds.TokenizerUnsupported, path, $"the model type {type} is not supported without a tokenizer.json; 1 (unigram) and 2 (BPE) are");
            return model;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw Fault(ProblemKinds.TokenizerMalformed, path, $"is no SentencePiece model: {e.Message}");
        }
    }

    /// <summary>Without making them: an empty piece is two bytes in the file.</summary>
    private static int CountPieces(byte[] bytes)
    {
        var input = new CodedInputStream(bytes);
        int count = 0;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) == ModelProto.PiecesFieldNumber) count++;
            input.SkipLastField();
        }

        return count;
    }

    private static List<double> ReadPieces(ModelProto model, SentencePieceLayout layout, Vocabulary vocabulary, string path)
    {
        var scores = new List<double>(model.Pieces.Count + layout.Before.Count);
        foreach ((string text, double score) in layout.Before) Add(vocabulary, scores, text, score, model.Pieces.Count, path);
        foreach (Piece piece in model.Pieces.Skip(layout.Skipped)) Add(vocabulary, scores, piece.Piece_, piece.Score, model.Pieces.Count, path);
        return scores;
    }

    private static void Add(Vocabulary vocabulary, List<double> scores, string text, double score, int count, string path)
    {
        if (!double.IsFinite(score)) throw Fault(ProblemKinds.TokenizerMalformed, path, $"the score of '{text}' is {score}");
        if (vocabulary.TryAdd(text, scores.Count, count) is { } wrong) throw Fault(ProblemKinds.TokenizerInconsistent, path, wrong);
        scores.Add(score);
    }

    /// <summary>ALBERT's and DeBERTa's own steps stand around the model's.</summary>
    private static List<TokenizerStep> Normalizers(SentencePieceLayout layout, TokenizerFiles files, IReadOnlyList<byte[]> maps)
    {
        var steps = new List<TokenizerStep>();
        if (layout.IsDeberta)
        {
            if (files.Flag("do_lower_case") ?? false) steps.Add(NormalizerSteps.Lowercase);
            steps.Add(NormalizerSteps.Strip(left: true, right: true));
        }
        else if (!layout.IsRoberta)
        {
            steps.Add(NormalizerSteps.Replace(StepReader.Literal("``"), "\""));
            steps.Add(NormalizerSteps.Replace(StepReader.Literal("''"), "\""));
            if (!(files.Flag("keep_accents") ?? false))
            {
                steps.Add(NormalizerSteps.ToNfkd);
                steps.Add(NormalizerSteps.StripAccents);
            }

            if (files.Flag("do_lower_case") ?? true) steps.Add(NormalizerSteps.Lowercase);
        }

        if (maps.Count > 0) steps.Add(NormalizerSteps.Precompiled(0));
        if (layout.IsDeberta) steps.Add(NormalizerSteps.Replace(StepReader.Expression(" {2,}"), " "));
        return steps;
    }

    private static List<TokenizerStep> PreTokenizers(SentencePieceLayout layout, TokenizerFiles files)
    {
        var steps = new List<TokenizerStep>();
        if (!layout.IsDeberta) steps.Add(SplitterSteps.WhitespaceSplit);
        else if (files.Flag("split_by_punct") ?? false) steps.Add(SplitterSteps.Punctuation(nameof(SplitBehavior.Isolated)));
        steps.Add(SplitterSteps.Metaspace(Space, nameof(PrependScheme.Always), split: true));
        return steps;
    }

    /// <summary>The model's own table of replacements, where it has one.</summary>
    public static IReadOnlyList<byte[]> CharacterMaps(ModelProto model, string path)
    {
        byte[] map = model.NormalizerSpec?.PrecompiledCharsmap.ToByteArray() ?? [];
        if (map.Length == 0) return [];
        if (CharacterMapCheck.FaultOf(map) is { } found) throw Fault(ProblemKinds.TokenizerMalformed, path, $"its precompiled_charsmap is damaged: {found}");
        return [map];
    }

    /// <summary>The tokens of the files, those with a role, control symbols, and what the user defined when the model was trained.</summary>
    private static ConfigTokens AddedTokens(ModelProto model, SentencePieceLayout layout, TokenizerFiles files, TokenRoles roles, Vocabulary vocabulary)
    {
        ConfigTokens tokens = ConfigTokens.Read(files, roles, KnownIds.Of(vocabulary));
        AddSymbols(tokens, model.Pieces.Skip(layout.Skipped));
        if (layout.IsRoberta) tokens.StripBeforeMask(roles.Mask);
        return tokens;
    }

    /// <summary>Adds control symbols, which are special, and the symbols that the user defined, which are not.</summary>
    public static void AddSymbols(ConfigTokens tokens, IEnumerable<Piece> pieces)
    {
        foreach (Piece piece in pieces.Where(p => p.Type is ControlType or UserDefinedType && p.Piece_.Length > 0))
        {
            tokens.AddMarked(piece.Piece_, piece.Type == ControlType ? AddedTokenFlags.Special : 0);
        }
    }

    public static TokenizerFault Fault(ProblemKind kind, string path, string message) => new(new(kind, Severity.Error, path, 0, 0, $"{Path.GetFileName(path)} {message}"));
}
