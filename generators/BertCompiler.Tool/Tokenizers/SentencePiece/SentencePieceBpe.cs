using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;
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

    /// <summary>Families whose classes read unigram models.</summary>
    private static readonly string[] UnigramFamilies = ["xlm-roberta", "camembert", "albert"];

    /// <summary>Makes the tokenizer.</summary>
    /// <param name="model">The parsed model.</param>
    /// <param name="path">Its path.</param>
    /// <param name="files">The files beside it.</param>
    /// <param name="tableRows">Rows of the word table, where known.</param>
    /// <param name="problems">Takes warnings.</param>
    /// <exception cref="TokenizerFault">Inconsistent or not supported.</exception>
    public static TokenizerDescription Read(ModelProto model, string path, TokenizerFiles files, int? tableRows, List<Problem> problems)
    {
        RequireGeneric(path, files);
        var vocabulary = new Vocabulary(tableRows);
        foreach (Piece piece in model.Pieces)
        {
            if (vocabulary.TryAdd(piece.Piece_, vocabulary.Pieces.Count, model.Pieces.Count) is { } wrong) throw Inconsistent(path, wrong);
        }

        TokenRoles named = TokenRoles.Read(files);
        TokenRoles roles = named with { Unk = model.TrainerSpec.UnkPiece, Cls = named.Cls ?? "<s>", Sep = named.Sep ?? "</s>" };
        int unknown = Require(roles.Unk!);
        PostProcessorReader template = PostProcessorReader.Roberta(Require(roles.Cls!), Require(roles.Sep!), TokenizerOptions.None);
        ConfigTokens added = AddedTokens(model, files, roles, vocabulary);
        problems.AddRange(added.Warnings);
        bool bytes = model.TrainerSpec.ByteFallback;
        IReadOnlyList<byte[]> maps = SentencePieceReader.CharacterMaps(model, path);
        return new()
        {
            Model = TokenizerModelKind.Bpe,
            Pieces = vocabulary.Pieces,
            ModelUnknownId = unknown,
            Merges = SentencePieceMerges.Of(vocabulary, path),
            Options = TokenizerOptions.FuseUnknown | files.TruncationOption(otherwise: null) | (bytes ? TokenizerOptions.ByteFallback : TokenizerOptions.None),
            Normalizers = [.. maps.Select((_, i) => NormalizerSteps.Precompiled(i)), NormalizerSteps.Replace(StepReader.Literal(" "), Space)],
            Decoders = Decoders(bytes),
            CharacterMaps = maps,
            AddedTokens = added.InOrder,
            SingleTemplate = template.Single,
            PairTemplate = template.Pair,
            Special = roles.Resolve(added.IdOf, template.Single, unknown, padId: null),
        };

        int Require(string token) => vocabulary.IdOf(token) is >= 0 and var id ? id : throw Inconsistent(path, $"the token '{token}' is not among its pieces");
    }

    private static TokenizerStep[] Decoders(bool bytes)
    {
        TokenizerStep spaces = DecoderSteps.Replace(Space, " ");
        return bytes ? [spaces, DecoderSteps.ByteFallback, DecoderSteps.Fuse] : [spaces];
    }

    /// <summary>
    /// Beside the tokens that the model has, those that the files name: behind all pieces, the mask first and then the padding token, as in the
    /// layouts of the family.
    /// </summary>
    private static ConfigTokens AddedTokens(ModelProto model, TokenizerFiles files, TokenRoles roles, Vocabulary vocabulary)
    {
        var tokens = new ConfigTokens(files, KnownIds.Of(vocabulary));
        tokens.AddRole("mask_token", roles.Mask);
        tokens.AddRoles(roles);
        SentencePieceReader.AddSymbols(tokens, model.Pieces);
        return tokens;
    }

    private static void RequireGeneric(string path, TokenizerFiles files)
    {
        if (files.ClassName is { } name ? TokenizerClass.IsGeneric(name) : !UnigramFamilies.Contains(files.Family)) return;
        string message = $"has the model type 2 (BPE), which is not supported for '{files.ClassName ?? files.Family}' without a tokenizer.json";
        throw SentencePieceReader.Fault(ProblemKinds.TokenizerUnsupported, path, message);
    }

    private static TokenizerFault Inconsistent(string path, string message) => SentencePieceReader.Fault(ProblemKinds.TokenizerInconsistent, path, message);
}
