using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>Reads a tokenizer.json: everything is checked, then what is not supported yet is refused.</summary>
internal static class TokenizerJsonReader
{
    /// <summary>Reads the file's tree.</summary>
    /// <param name="root">The whole file.</param>
    /// <param name="roles">Names of the tokens with a role, from the files beside it.</param>
    /// <param name="tableRows">Rows of the word table, where known.</param>
    /// <exception cref="TokenizerFault">Malformed, inconsistent or not supported.</exception>
    public static TokenizerDescription Read(JsonItem root, TokenRoles roles, int? tableRows)
    {
        root.Expect(JsonKind.Object, "the file");
        ModelBlock model = ModelBlock.Read(root, tableRows);
        List<AddedToken> added = AddedTokenReader.Read(root, model.Vocabulary);
        var addedTexts = added.ToDictionary(t => t.Id, t => t.Text);
        PipelineCheck.All(root);
        PostProcessorReader post = PostProcessorReader.Read(root, id => addedTexts.GetValueOrDefault(id) ?? model.Vocabulary.TextOf(id));
        if (model.Type != "WordPiece")
        {
            throw root.Require("model", "the file").Fault(ProblemKinds.TokenizerUnsupported, $"{root.Tree.Name}: the model type '{model.Type}' is not supported yet; WordPiece is");
        }

        TokenizerOptions options = Normalizer(root) | post.Options;
        PreTokenizer(root);
        foreach (AddedToken token in added)
        {
            if (TokenizerSection.SearchText(token, options).Length > 0) continue;
            throw root.Fault(ProblemKinds.TokenizerUnsupported, $"{root.Tree.Name}: nothing is left of the added token '{token.Text}' when it is normalised");
        }

        (TokenizerOptions decoder, string decoderPrefix) = Decoder(root);
        PaddingBlock? padding = BlockReader.Padding(root);
        return new()
        {
            Pieces = model.Vocabulary.Pieces,
            UnknownId = model.UnknownId,
            ContinuationPrefix = model.ContinuationPrefix,
            MaxWordLength = model.MaxWordLength,
            Options = options | decoder,
            DecoderPrefix = decoderPrefix,
            AddedTokens = added,
            SingleTemplate = post.Single,
            PairTemplate = post.Pair,
            Special = roles.Resolve(IdOf, post.Single, padding?.Id),
            Truncation = BlockReader.Truncation(root),
            Padding = padding,
        };

        int IdOf(string text) => added.Find(t => t.Text == text)?.Id ?? model.Vocabulary.IdOf(text);
    }

    private static TokenizerOptions Normalizer(JsonItem root)
    {
        IReadOnlyList<JsonItem> steps = PipelineCheck.StepsOf(root, "normalizer", "normalizers");
        if (steps.Count == 0) return TokenizerOptions.None;
        Only(root, "normalizer", "BertNormalizer", steps);
        bool lower = Flag("lowercase");
        bool strip = steps[0].FindValue("strip_accents")?.AsBoolean("'normalizer.strip_accents'") ?? lower;
        return (Flag("clean_text") ? TokenizerOptions.CleanText : 0)
            | (Flag("handle_chinese_chars") ? TokenizerOptions.HandleChineseChars : 0)
            | (strip ? TokenizerOptions.StripAccents : 0)
            | (lower ? TokenizerOptions.Lowercase : 0);

        bool Flag(string name) => steps[0].Require(name, "'normalizer'").AsBoolean($"'normalizer.{name}'");
    }

    private static void PreTokenizer(JsonItem root)
        => Only(root, "pre_tokenizer", "BertPreTokenizer", PipelineCheck.StepsOf(root, "pre_tokenizer", "pretokenizers"));

    private static (TokenizerOptions Options, string Prefix) Decoder(JsonItem root)
    {
        IReadOnlyList<JsonItem> steps = PipelineCheck.StepsOf(root, "decoder", "decoders");
        if (steps.Count == 0) return (TokenizerOptions.None, "");
        Only(root, "decoder", "WordPiece", steps);
        bool cleanup = steps[0].Require("cleanup", "'decoder'").AsBoolean("'decoder.cleanup'");
        TokenizerOptions options = TokenizerOptions.WordPieceDecoder | (cleanup ? TokenizerOptions.DecoderCleanup : 0);
        return (options, steps[0].Require("prefix", "'decoder'").AsText("'decoder.prefix'"));
    }

    private static void Only(JsonItem root, string block, string supported, IReadOnlyList<JsonItem> steps)
    {
        string found = steps.Count == 0 ? "none" : string.Join(", ", steps.Select(PipelineCheck.TypeOf));
        if (found == supported) return;
        JsonItem place = steps.Count == 0 ? root : steps[0];
        throw place.Fault(ProblemKinds.TokenizerUnsupported, $"{root.Tree.Name}: with WordPiece the {block} {supported} is supported, found {found}");
    }
}
