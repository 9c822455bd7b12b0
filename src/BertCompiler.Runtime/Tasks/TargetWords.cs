using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>Words that a caller names → ids of the vocabulary (transformers, <c>FillMaskPipeline.get_target_ids</c>).</summary>
internal static class TargetWords
{
    /// <summary>The ids of some words, ascending, each once: of the vocabulary entry that is written so, else of the word's first piece.</summary>
    /// <exception cref="ArgumentException">No word, or one that has no piece.</exception>
    public static int[] Ids(Tokenizer tokenizer, IReadOnlyList<string> words, string argument)
    {
        if (words.Count == 0) throw new ArgumentException("there is no target: one at least is needed", argument);
        var ids = new SortedSet<int>();
        foreach (string word in words)
        {
            if (word is null) throw new ArgumentException("a target is null", argument);
            ids.Add(tokenizer.IdOf(word) ?? FirstPiece(tokenizer, word, argument));
        }

        return [.. ids];
    }

    private static int FirstPiece(Tokenizer tokenizer, string word, string argument)
    {
        TokenEncoding encoding = tokenizer.Encode(word, options: new EncodeOptions { AddSpecialTokens = false });
        return encoding.Count > 0 ? encoding.Tokens[0].Id : throw new ArgumentException($"the target '{word}' has no piece of the vocabulary in it", argument);
    }
}
