using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;
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
    /// <param name="config">tokenizer_config.json, where there is one.</param>
    /// <param name="map">special_tokens_map.json, where there is one.</param>
    /// <param name="modelConfig">config.json, where there is one.</param>
    /// <param name="tableRows">Rows of the word table, where known.</param>
    /// <exception cref="TokenizerFault">Malformed, inconsistent or not supported.</exception>
    public static TokenizerDescription Read(byte[] bytes, string path, JsonItem? config, JsonItem? map, JsonItem? modelConfig, int? tableRows)
    {
        ModelProto model = Parse(bytes, path);
        if (model.TrainerSpec?.ModelType == BpeType) return SentencePieceBpe.Read(model, path, config, map, modelConfig, tableRows);
        SentencePieceLayout layout = SentencePieceLayout.Of(model, path, config, modelConfig);
        var vocabulary = new Vocabulary(tableRows);
        List<double> scores = ReadPieces(model, layout, vocabulary, path);
        TokenRoles roles = WithUsualNames(TokenRoles.Read(config, map), layout);
        if (layout.Mask && !vocabulary.Contains(roles.Mask!)) Add(vocabulary, scores, roles.Mask!, 0, model.Pieces.Count, path);
        int unknown = layout.UnknownId >= 0 ? layout.UnknownId : model.TrainerSpec?.UnkId ?? 0;
        if (unknown < 0 || unknown >= scores.Count) throw Fault(ProblemKinds.TokenizerInconsistent, path, $"unk_id is {unknown}, and there are {scores.Count} pieces");
        int cls = Require(roles.Cls!), sep = Require(roles.Sep!);
        IReadOnlyList<byte[]> maps = CharacterMaps(model, path);
        PostProcessorReader template = layout.IsRoberta ? PostProcessorReader.Roberta(cls, sep, TokenizerOptions.None) : PostProcessorReader.Bert(cls, sep);
        Dictionary<string, int> ids = vocabulary.Pieces.ToDictionary(p => p.Text, p => p.Id, StringComparer.Ordinal);
        return new()
        {
            Model = TokenizerModelKind.Unigram,
            Pieces = vocabulary.Pieces,
            ModelUnknownId = unknown,
            Scores = scores,
            UnknownScore = new ModelBlock { Kind = TokenizerModelKind.Unigram, Vocabulary = vocabulary, Scores = scores }.UnknownScore,
            Options = template.Options | (model.TrainerSpec?.ByteFallback == true ? TokenizerOptions.ByteFallback : TokenizerOptions.None),
            Normalizers = Normalizers(layout, config, maps),
            PreTokenizers = [SplitterSteps.WhitespaceSplit, SplitterSteps.Metaspace(Space, nameof(PrependScheme.Always), split: true)],
            Decoders = [DecoderSteps.Metaspace(Space, prepended: true)],
            CharacterMaps = maps,
            AddedTokens = AddedTokens(model, layout, config, map, roles, ids, tableRows),
            SingleTemplate = template.Single,
            PairTemplate = template.Pair,
            Special = roles.Resolve(t => ids.GetValueOrDefault(t, -1), template.Single, unknown, padId: null),
        };

        int Require(string token) => vocabulary.IdOf(token) is >= 0 and var id ? id : throw Fault(ProblemKinds.TokenizerInconsistent, path, $"the token '{token}' is not among its pieces");
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

    private static TokenRoles WithUsualNames(TokenRoles roles, SentencePieceLayout layout) => layout.IsRoberta
        ? new(roles.Unk ?? "<unk>", roles.Cls ?? "<s>", roles.Sep ?? "</s>", roles.Mask ?? "<mask>", roles.Pad ?? "<pad>")
        : new(roles.Unk ?? "<unk>", roles.Cls ?? "[CLS]", roles.Sep ?? "[SEP]", roles.Mask ?? "[MASK]", roles.Pad ?? "<pad>");

    /// <summary>ALBERT's own steps stand before the model's.</summary>
    private static List<TokenizerStep> Normalizers(SentencePieceLayout layout, JsonItem? config, IReadOnlyList<byte[]> maps)
    {
        var steps = new List<TokenizerStep>();
        if (!layout.IsRoberta)
        {
            steps.Add(NormalizerSteps.Replace(StepReader.Literal("``"), "\""));
            steps.Add(NormalizerSteps.Replace(StepReader.Literal("''"), "\""));
            if (!(config?.FindValue("keep_accents")?.AsBoolean("'keep_accents'") ?? false))
            {
                steps.Add(NormalizerSteps.ToNfkd);
                steps.Add(NormalizerSteps.StripAccents);
            }

            if (config?.FindValue("do_lower_case")?.AsBoolean("'do_lower_case'") ?? true) steps.Add(NormalizerSteps.Lowercase);
        }

        if (maps.Count > 0) steps.Add(NormalizerSteps.Precompiled(0));
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

    /// <summary>The tokens with a role, control symbols, and what the user defined when the model was trained.</summary>
    private static List<AddedToken> AddedTokens(ModelProto model, SentencePieceLayout layout, JsonItem? config, JsonItem? map, TokenRoles roles, Dictionary<string, int> ids, int? tableRows)
    {
        Dictionary<string, AddedToken> tokens = WithSymbols(ConfigTokens.Read(config, map, roles, ids, ids.Count, tableRows), model.Pieces.Skip(layout.Skipped), ids);
        IEnumerable<AddedToken> all = layout.IsRoberta ? ConfigTokens.AsRoberta(tokens.Values, roles, config, map) : tokens.Values;
        return AddedTokenReader.InOrderOfPrecedence(all.OrderBy(t => t.Id));
    }

    /// <summary>Adds control symbols, which are special, and the symbols that the user defined, which are not.</summary>
    public static Dictionary<string, AddedToken> WithSymbols(List<AddedToken> tokens, IEnumerable<Piece> pieces, Dictionary<string, int> ids)
    {
        var all = tokens.ToDictionary(t => t.Text, StringComparer.Ordinal);
        foreach (Piece piece in pieces.Where(p => p.Type is ControlType or UserDefinedType && p.Piece_.Length > 0))
        {
            all.TryAdd(piece.Piece_, new(piece.Piece_, ids[piece.Piece_], piece.Type == ControlType ? AddedTokenFlags.Special : 0));
        }

        return all;
    }

    public static TokenizerFault Fault(ProblemKind kind, string path, string message) => new(new(kind, Severity.Error, path, 0, 0, $"{Path.GetFileName(path)} {message}"));
}
