using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;
using BertCompiler.Tool.Tokenizers.SentencePiece.Schema;
using BertCompiler.Tool.Tokenizers.Steps;

namespace BertCompiler.Tool.Tokenizers.SentencePiece;

/// <summary>
/// Makes a tokenizer of a SentencePiece model of the type BPE as transformers' generic converter does (<c>convert_slow_tokenizer.py</c>,
/// SentencePieceExtractor and build_tokenizer_from_spm_proto). No tokenizer class of the BERT family has such a model, so a class with rules
/// of its own is refused. Unlike a unigram model, it puts no "▁" before a text, and spaces stand in its pieces.
/// </summary>
internal static class SentencePieceBpe
{
    private const string Space = "\u2581";
    private static readonly string[] GenericClasses = ["PreTrainedTokenizerFast", "PreTrainedTokenizer", "TokenizersBackend"];

    /// <summary>Families whose classes read unigram models.</summary>
    private static readonly string[] UnigramFamilies = ["xlm-roberta", "camembert", "albert"];

    /// <summary>Makes the tokenizer.</summary>
    /// <param name="model">The parsed model.</param>
    /// <param name="path">Its path.</param>
    /// <param name="config">tokenizer_config.json, where there is one.</param>
    /// <param name="map">special_tokens_map.json, where there is one.</param>
    /// <param name="modelConfig">config.json, where there is one.</param>
    /// <param name="tableRows">Rows of the word table, where known.</param>
    /// <exception cref="TokenizerFault">Inconsistent or not supported.</exception>
    public static TokenizerDescription Read(ModelProto model, string path, JsonItem? config, JsonItem? map, JsonItem? modelConfig, int? tableRows)
    {
        RequireGeneric(path, config, modelConfig);
        var vocabulary = new Vocabulary(tableRows);
        foreach (Piece piece in model.Pieces)
        {
            if (vocabulary.TryAdd(piece.Piece_, vocabulary.Pieces.Count, model.Pieces.Count) is { } wrong) throw Inconsistent(path, wrong);
        }

        TokenRoles named = TokenRoles.Read(config, map);
        TokenRoles roles = named with { Unk = model.TrainerSpec.UnkPiece, Cls = named.Cls ?? "<s>", Sep = named.Sep ?? "</s>" };
        int unknown = Require(roles.Unk!);
        PostProcessorReader template = PostProcessorReader.Roberta(Require(roles.Cls!), Require(roles.Sep!), TokenizerOptions.None);
        List<AddedToken> added = AddedTokens(model, path, config, map, roles, vocabulary);
        bool bytes = model.TrainerSpec.ByteFallback;
        IReadOnlyList<byte[]> maps = SentencePieceReader.CharacterMaps(model, path);
        return new()
        {
            Model = TokenizerModelKind.Bpe,
            Pieces = vocabulary.Pieces,
            ModelUnknownId = unknown,
            Merges = SentencePieceMerges.Of(vocabulary, path),
            Options = TokenizerOptions.FuseUnknown | (bytes ? TokenizerOptions.ByteFallback : TokenizerOptions.None),
            Normalizers = [.. maps.Select((_, i) => NormalizerSteps.Precompiled(i)), NormalizerSteps.Replace(StepReader.Literal(" "), Space)],
            Decoders = Decoders(bytes),
            CharacterMaps = maps,
            AddedTokens = added,
            SingleTemplate = template.Single,
            PairTemplate = template.Pair,
            Special = roles.Resolve(text => added.Find(t => t.Text == text)?.Id ?? vocabulary.IdOf(text), template.Single, unknown, padId: null),
        };

        int Require(string token) => vocabulary.IdOf(token) is >= 0 and var id ? id : throw Inconsistent(path, $"the token '{token}' is not among its pieces");
    }

    private static TokenizerStep[] Decoders(bool bytes)
    {
        TokenizerStep spaces = DecoderSteps.Replace(Space, " ");
        return bytes ? [spaces, DecoderSteps.ByteFallback, DecoderSteps.Fuse] : [spaces];
    }

    /// <summary>
    /// Beside the tokens that the model has, the mask and the padding token that the files name: behind all pieces, the mask first, as in the
    /// layouts of the family.
    /// </summary>
    private static List<AddedToken> AddedTokens(ModelProto model, string path, JsonItem? config, JsonItem? map, TokenRoles roles, Vocabulary vocabulary)
    {
        Dictionary<string, int> ids = vocabulary.Pieces.ToDictionary(p => p.Text, p => p.Id, StringComparer.Ordinal);
        Dictionary<string, AddedToken> tokens = SentencePieceReader.WithSymbols(ConfigTokens.Read(config, map, roles, ids, ids.Count, vocabulary.TableRows), model.Pieces, ids);
        int next = Math.Max(ids.Count, tokens.Values.Select(t => t.Id + 1).DefaultIfEmpty(0).Max());
        foreach ((string role, string? text) in (IEnumerable<(string, string?)>)[("mask_token", roles.Mask), ("pad_token", roles.Pad)])
        {
            if (string.IsNullOrEmpty(text) || ids.ContainsKey(text) || !tokens.TryAdd(text, new(text, next, ConfigTokens.FlagsOf(config, map, role)))) continue;
            if (vocabulary.OutOfRange(text, next, ids.Count) is { } range) throw Inconsistent(path, $"does not have the token '{text}', so that {range}");
            next++;
        }

        return AddedTokenReader.InOrderOfPrecedence(tokens.Values.OrderBy(t => t.Id));
    }

    private static void RequireGeneric(string path, JsonItem? config, JsonItem? modelConfig)
    {
        string? name = config?.FindValue("tokenizer_class")?.AsText("'tokenizer_class'");
        string? family = modelConfig?.FindValue("model_type")?.AsText("'model_type'");
        if (name is null ? !UnigramFamilies.Contains(family) : GenericClasses.Contains(name)) return;
        string message = $"has the model type 2 (BPE), which is not supported for '{name ?? family}' without a tokenizer.json";
        throw SentencePieceReader.Fault(ProblemKinds.TokenizerUnsupported, path, message);
    }

    private static TokenizerFault Inconsistent(string path, string message) => SentencePieceReader.Fault(ProblemKinds.TokenizerInconsistent, path, message);
}
