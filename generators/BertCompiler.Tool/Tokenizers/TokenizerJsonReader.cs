using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;
using BertCompiler.Tool.Tokenizers.Models;
using BertCompiler.Tool.Tokenizers.Steps;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>Reads a tokenizer.json: everything is checked, and what is not supported is refused.</summary>
internal static class TokenizerJsonReader
{
    /// <summary>Reads the file's tree.</summary>
    /// <param name="root">The whole file.</param>
    /// <param name="files">The files beside it.</param>
    /// <param name="tableRows">Rows of the word table, where known.</param>
    /// <param name="problems">Takes warnings.</param>
    /// <exception cref="TokenizerFault">Malformed, inconsistent or not supported.</exception>
    public static TokenizerDescription Read(JsonItem root, TokenizerFiles files, int? tableRows, List<Problem> problems)
    {
        root.Expect(JsonKind.Object, "the file");
        ModelBlock model = ModelBlock.Read(root, tableRows);
        List<AddedToken> added = JsonAdditions.Apply(root, AddedTokenReader.Read(root, model.Vocabulary), model.Vocabulary, files, problems);
        var addedTexts = added.ToDictionary(t => t.Id, t => t.Text);
        PipelineCheck.All(root);
        var overrides = new JsonOverrides(root, files, problems);
        PostProcessorReader post = PostProcessorReader.Read(root, id => addedTexts.GetValueOrDefault(id) ?? model.Vocabulary.TextOf(id), overrides.Trimming());
        var characterMaps = new List<byte[]>();
        IReadOnlyList<TokenizerStep> normalizers = overrides.BertNormalizer() ?? NormalizerReader.Read(root, characterMaps);
        IReadOnlyList<TokenizerStep> preTokenizers = PreTokenizerReader.Read(root, overrides.PrefixSpace());
        RequireSpelling(root, model, preTokenizers);
        string[] searchTexts = NormalForms.Of(added, normalizers, characterMaps);
        int empty = Array.IndexOf(searchTexts, "");
        if (empty >= 0)
        {
            throw root.Fault(ProblemKinds.TokenizerUnsupported, $"{root.Tree.Name}: nothing is left of the added token '{added[empty].Text}' when it is normalised");
        }

        PaddingBlock? padding = BlockReader.Padding(root);
        if (padding is not null && addedTexts.GetValueOrDefault(padding.Id) is null && model.Vocabulary.TextOf(padding.Id) is null)
        {
            throw root.Require("padding", "the file").Fault(ProblemKinds.TokenizerInconsistent, $"{root.Tree.Name}: padding.pad_id is {padding.Id}, and no token has that id");
        }

        // In a model's folder, transformers takes no more of this block than the end at which texts are cut, where tokenizer_config.json does not say it.
        TruncationBlock? truncation = BlockReader.Truncation(root);
        TextSide? side = files.Model is null ? null : truncation?.Side;
        return new()
        {
            Model = model.Kind,
            Pieces = model.Vocabulary.Pieces,
            ModelUnknownId = model.UnknownId,
            ContinuationPrefix = model.ContinuationPrefix,
            Suffix = model.Suffix,
            MaxWordLength = model.MaxWordLength,
            Merges = model.Merges,
            Scores = model.Scores,
            UnknownScore = model.UnknownScore,
            Options = model.Options | post.Options | files.TruncationOption(side),
            Normalizers = normalizers,
            PreTokenizers = preTokenizers,
            Decoders = DecoderReader.Read(root),
            CharacterMaps = characterMaps,
            AddedTokens = added,
            SingleTemplate = post.Single,
            PairTemplate = post.Pair,
            Special = TokenRoles.Read(files).Resolve(IdOf, post.Single, model.UnknownId, padding?.Id),
            Truncation = truncation,
            Padding = padding,
        };

        int IdOf(string text) => added.Find(t => t.Text == text)?.Id ?? model.Vocabulary.IdOf(text);
    }

    /// <summary>A model without unknown token would drop what it cannot spell.</summary>
    private static void RequireSpelling(JsonItem root, ModelBlock model, IReadOnlyList<TokenizerStep> preTokenizers)
    {
        bool bytes = preTokenizers is [.., { Name: nameof(SplitText.ByteLevel) }];
        if (model.UnknownId >= 0 || BpeBlock.SpellsEverything(model, bytes)) return;
        throw root.Require("model", "the file").Fault(
            ProblemKinds.TokenizerUnsupported, $"{root.Tree.Name}: the model has no unk_token and its vocabulary lacks tokens of single bytes; that is not supported");
    }
}
