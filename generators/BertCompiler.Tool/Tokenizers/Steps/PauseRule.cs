using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>Decides <see cref="TokenizerOptions.MayPause"/>.</summary>
internal static class PauseRule
{
    /// <summary>Whether nothing reaches over a space between two ASCII letters or digits.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="searchTexts">The texts by which its added tokens are found.</param>
    public static bool Holds(TokenizerDescription tokenizer, IReadOnlyList<string> searchTexts)
    {
        foreach (PipelineStep step in tokenizer.Normalizers)
        {
            if ((NormalizerKind)step.Kind is NormalizerKind.Strip or NormalizerKind.Replace or NormalizerKind.Prepend) return false;
        }

        for (int i = 0; i < searchTexts.Count; i++)
        {
            AddedTokenFlags flags = tokenizer.AddedTokens[i].Flags;
            if ((flags & AddedTokenFlags.Normalized) == 0) continue;
            if ((flags & (AddedTokenFlags.LeftStrip | AddedTokenFlags.RightStrip)) != 0 || searchTexts[i].Any(UnicodeTables.IsWhiteSpace)) return false;
        }

        bool onlyFirst = tokenizer.PreTokenizers.Any(s => s.Kind == (int)PreTokenizerKind.Metaspace && (s.Flags & (uint)MetaspacePreTokenizer.Flags.OnlyFirst) != 0);
        return !onlyFirst && tokenizer.PreTokenizers is [{ } first, ..] && (PreTokenizerKind)first.Kind switch
        {
            PreTokenizerKind.Bert or PreTokenizerKind.WhitespaceSplit or PreTokenizerKind.Whitespace => true,
            PreTokenizerKind.ByteLevel => (first.Flags & (uint)ByteLevelPreTokenizer.Flags.Split) != 0,
            PreTokenizerKind.Metaspace => (first.Flags & (uint)MetaspacePreTokenizer.Flags.Split) != 0,
            _ => false,
        };
    }
}
