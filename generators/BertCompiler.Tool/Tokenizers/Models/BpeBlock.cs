using BertCompiler.Core.Problems;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Models;

/// <summary>Reads a model of the type BPE.</summary>
internal static class BpeBlock
{
    private const int ByteCount = 256;
    private const int LongestAffix = 16;

    public static ModelBlock Read(JsonItem model, Vocabulary vocabulary)
    {
        string file = model.Tree.Name;
        string prefix = Affix("continuing_subword_prefix");
        string suffix = Affix("end_of_word_suffix");
        var merges = new MergeListBuilder(vocabulary, prefix, "'model.merges'");
        foreach (JsonItem merge in model.Require("merges", "'model'").Items())
        {
            string[] parts = merge.Kind == JsonKind.Array
                ? [.. merge.Items().Select(i => i.AsText("a part of a merge in 'model.merges'"))]
                : merge.AsText("a merge in 'model.merges'").Split(' ');
            merges.Add(parts, (kind, message) => merge.Fault(kind, $"{file}: {message}"));
        }

        if (model.FindValue("dropout") is { } dropout && dropout.Tree.BytesOf(dropout.Node).IndexOfAnyExcept("0."u8) >= 0)
        {
            throw dropout.Fault(ProblemKinds.TokenizerUnsupported, $"{file}: 'model.dropout' makes ids random; only 0 is supported");
        }

        TokenizerOptions options = (Flag("fuse_unk") ? TokenizerOptions.FuseUnknown : 0)
            | (Flag("byte_fallback") ? TokenizerOptions.ByteFallback : 0)
            | (Flag("ignore_merges") ? TokenizerOptions.IgnoreMerges : 0);
        if (Flag("byte_fallback") && prefix.Length + suffix.Length > 0)
        {
            throw model.Fault(ProblemKinds.TokenizerUnsupported, $"{file}: 'model.byte_fallback' together with a prefix or suffix is not supported");
        }

        return new()
        {
            Kind = TokenizerModelKind.Bpe,
            Vocabulary = vocabulary,
            UnknownId = model.FindValue("unk_token") is null ? -1 : ModelBlock.RequireUnknown(model, vocabulary),
            ContinuationPrefix = prefix,
            Suffix = suffix,
            Options = options,
            Merges = merges.Merges,
        };

        bool Flag(string name) => model.FindValue(name)?.AsBoolean($"'model.{name}'") ?? false;

        string Affix(string name)
        {
            string text = model.FindValue(name) is { } item ? ModelBlock.AffixOf(item, $"'model.{name}'") : "";
            return text.Length <= LongestAffix ? text : throw model.Fault(ProblemKinds.TokenizerUnsupported, $"{file}: 'model.{name}' has {text.Length} characters; at most {LongestAffix} are supported");
        }
    }

    /// <summary>
    /// Whether every character has a token, so that no unknown token is needed: all letters of bytes behind the step that writes them, or
    /// the tokens of all bytes.
    /// </summary>
    public static bool SpellsEverything(ModelBlock model, bool endsWithByteLevel)
    {
        if (model.ContinuationPrefix.Length + model.Suffix.Length > 0) return false;
        IEnumerable<int> bytes = Enumerable.Range(0, ByteCount);
        if (endsWithByteLevel && bytes.All(b => model.Vocabulary.Contains(ByteLetters.Of(b).ToString()))) return true;
        return (model.Options & TokenizerOptions.ByteFallback) != 0 && bytes.All(b => model.Vocabulary.Contains(ByteTokens.TextOf((byte)b)));
    }
}
