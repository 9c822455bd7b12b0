using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;
using TextPause = BertCompiler.Core.Spec.TextPause;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>Decides where a long text may be cut: where no step, added token or word reaches over.</summary>
internal static class PauseRule
{
    /// <summary>The steps of BERT's normaliser: each looks at a character, or at one with its accents, alone.</summary>
    private static readonly TokenizerStep[] _bert =
        [NormalizerSteps.CleanText, NormalizerSteps.SpaceIdeographs, NormalizerSteps.DecomposeAndDropAccents, NormalizerSteps.Lowercase];

    private static readonly string[] _reaching = [nameof(NormalizedText.Strip), nameof(NormalizedText.Replace), nameof(NormalizedText.Prepend)];

    /// <summary>Whether all steps are steps of BERT's normaliser.</summary>
    public static bool AreOfBert(IEnumerable<TokenizerStep> normalizers) => normalizers.All(s => Array.IndexOf(_bert, s) >= 0);

    /// <summary>Decides.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="searchTexts">The texts by which its added tokens are found.</param>
    public static TextPause Of(TokenizerDescription tokenizer, IReadOnlyList<string> searchTexts)
    {
        bool onlyRaw = tokenizer.AddedTokens.All(t => (t.Flags & AddedTokenFlags.Normalized) == 0);
        if (onlyRaw && AreOfBert(tokenizer.Normalizers) && tokenizer.PreTokenizers is [{ Name: nameof(SplitText.BertWords) }]) return TextPause.BehindSpace;
        return NormalizingAllows(tokenizer, searchTexts) && SplittingAllows(tokenizer.PreTokenizers) ? TextPause.BetweenWords : TextPause.Nowhere;
    }

    private static bool NormalizingAllows(TokenizerDescription tokenizer, IReadOnlyList<string> searchTexts)
    {
        if (tokenizer.Normalizers.Any(s => _reaching.Contains(s.Name))) return false;
        for (int i = 0; i < searchTexts.Count; i++)
        {
            AddedTokenFlags flags = tokenizer.AddedTokens[i].Flags;
            if ((flags & AddedTokenFlags.Normalized) == 0) continue;
            if ((flags & (AddedTokenFlags.LeftStrip | AddedTokenFlags.RightStrip)) != 0 || searchTexts[i].Any(UnicodeTables.IsWhiteSpace)) return false;
        }

        return true;
    }

    private static bool SplittingAllows(IReadOnlyList<TokenizerStep> steps) =>
        steps is [{ } first, ..] && !steps.Any(SplitterSteps.AsksForPlaces) && first.Name switch
        {
            nameof(SplitText.BertWords) or nameof(SplitText.WhitespaceSplit) or nameof(SplitText.Whitespace) => true,
            nameof(SplitText.ByteLevel) or nameof(SplitText.Metaspace) => first.Flag("split"),
            _ => false,
        };
}
