using BertCompiler.Core.Spec;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Core.Weights;

namespace BertCompiler.Compiler.Tests;

/// <summary>Tokenizers of several kinds for tests of manifests, emitters and generator; no vocabulary is behind them.</summary>
internal static class SampleTokenizers
{
    private static readonly PatternArgument Letters = new("pattern", "", new([new(PatternSets.Letter | PatternSets.WhiteSpace, "-]", Negated: true, 1, int.MaxValue), new(PatternSets.None, "\n", false, 2, 3)]));

    /// <summary>bert-base-uncased.</summary>
    public static TokenizerSpec Bert { get; } = new()
    {
        Model = TokenizerModel.WordPiece,
        Count = 30522,
        LowerCase = true,
        SpecialTokens = 2,
        UnknownToken = "[UNK]",
        MaxWordLength = 100,
        ContinuationPrefix = "##",
        Template = "[CLS] $A [SEP]",
        PairTemplate = "[CLS] $A [SEP] $B:1 [SEP]:1",
        Pause = TextPause.BehindSpace,
        Normalizers = new([NormalizerSteps.CleanText, NormalizerSteps.SpaceIdeographs, NormalizerSteps.DecomposeAndDropAccents, NormalizerSteps.Lowercase]),
        PreTokenizers = new([SplitterSteps.BertWords]),
        Decoders = new([DecoderSteps.WordPiece("##", cleanUp: true)]),
    };

    /// <summary>roberta-base.</summary>
    public static TokenizerSpec Roberta { get; } = new()
    {
        Model = TokenizerModel.Bpe,
        Count = 50265,
        LowerCase = false,
        SpecialTokens = 2,
        Merges = 50000,
        Template = "<s> $A </s>",
        PairTemplate = "<s> $A </s> </s> $B </s>",
        Pause = TextPause.BetweenWords,
        PreTokenizers = new([SplitterSteps.ByteLevel(addPrefixSpace: false, split: true)]),
        Decoders = new([DecoderSteps.ByteLevel]),
    };

    /// <summary>xlm-roberta-base.</summary>
    public static TokenizerSpec XlmRoberta { get; } = new()
    {
        Model = TokenizerModel.Unigram,
        Count = 250002,
        LowerCase = false,
        SpecialTokens = 2,
        UnknownToken = "<unk>",
        Template = "<s> $A </s>",
        PairTemplate = "<s> $A </s> </s> $B </s>",
        Normalizers = new([NormalizerSteps.Precompiled(0), NormalizerSteps.Strip(left: false, right: true), NormalizerSteps.Replace(new("pattern", "", new([new(PatternSets.None, " ", false, 2, int.MaxValue)])), "\u2581")]),
        PreTokenizers = new([SplitterSteps.Metaspace('\u2581', "Always", split: true)]),
        Decoders = new([DecoderSteps.Metaspace('\u2581', prepended: true)]),
    };

    /// <summary>No step at all.</summary>
    public static TokenizerSpec Plain { get; } = new() { Model = TokenizerModel.WordLevel, Count = 7, LowerCase = false, SpecialTokens = 0, UnknownToken = "?" };

    /// <summary>Every step, with texts that try to get out of where they stand.</summary>
    public static TokenizerSpec Everything { get; } = new()
    {
        Model = TokenizerModel.Bpe,
        Count = 1000,
        LowerCase = true,
        SpecialTokens = 3,
        UnknownToken = "</summary>\n } class Evil { //",
        ContinuationPrefix = "\"; //",
        WordSuffix = "\\u000a*/",
        Merges = 5,
        TruncatesLeft = true,
        Template = "\u2028 $A\r\n<b> & \ud800",
        PairTemplate = "$B \u0085\\ $A:7",
        Normalizers = new([
            .. NormalizerSteps.Samples, NormalizerSteps.Replace(Letters, "\u2028\n} //"), NormalizerSteps.Replace(new("pattern", "text:;|=  \\ \"", default), " a|b;c=\t"),
            NormalizerSteps.Prepend("\"); Evil(); //\r\n"), NormalizerSteps.Precompiled(3), NormalizerSteps.Strip(left: false, right: false)]),
        PreTokenizers = new([
            .. SplitterSteps.Samples, SplitterSteps.Metaspace('\'', "First", split: false), SplitterSteps.Metaspace('"', "Never", split: true), SplitterSteps.Metaspace('\\', "Always", split: true),
            SplitterSteps.Split(Letters, "MergedWithNext", invert: true), SplitterSteps.Punctuation("Contiguous"), SplitterSteps.Punctuation("MergedWithPrevious"), SplitterSteps.Punctuation("Removed")]),
        Decoders = new([.. DecoderSteps.Samples, DecoderSteps.WordPiece("\u2029//\"", cleanUp: false), DecoderSteps.Replace(" ", "\udc00"), DecoderSteps.Strip('\u0085', 0, 7)]),
    };

    /// <summary>A manifest of a tokenizer alone.</summary>
    public static TokenizerManifest Of(TokenizerSpec tokenizer, string name = "words") => new() { Name = name, Tokenizer = tokenizer, ContentHash = new string('0', 64), TokenizerBytes = 4096 };
}
