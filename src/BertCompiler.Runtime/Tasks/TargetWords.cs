using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>Words that a caller names → ids of the vocabulary (transformers, <c>FillMaskPipeline.get_target_ids</c>).</summary>
internal sealed class TargetWords(Func<Tokenizer> tokenizer)
{
    private Dictionary<string, int>? _ids;

    /// <summary>The ids of some words, ascending, each once: of the vocabulary entry that is written so, else of the word's first piece.</summary>
    /// <exception cref="ArgumentException">No word, or one that has no piece.</exception>
    public int[] Ids(IReadOnlyList<string> words, string argument)
    {
        if (words.Count == 0) throw new ArgumentException("there is no target: one at least is needed", argument);
        var ids = new SortedSet<int>();
        foreach (string word in words) ids.Add(IdOf(word ?? throw new ArgumentException("a target is null", argument)) ?? FirstPiece(word, argument));
        return [.. ids];
    }

    private int FirstPiece(string word, string argument)
    {
        TokenEncoding encoding = tokenizer().Encode(word, options: new EncodeOptions { AddSpecialTokens = false });
        return encoding.Count > 0 ? encoding.Tokens[0].Id : throw new ArgumentException($"the target '{word}' has no piece of the vocabulary in it", argument);
    }

    private int? IdOf(string word)
    {
        Dictionary<string, int> ids = _ids ??= Index(tokenizer());
        return ids.TryGetValue(word, out int id) ? id : null;
    }

    private static Dictionary<string, int> Index(Tokenizer tokenizer)
    {
        var ids = new Dictionary<string, int>(tokenizer.VocabularySize, StringComparer.Ordinal);
        for (int id = 0; id < tokenizer.VocabularySize; id++)
        {
            if (tokenizer.TextOf(id) is { } text) ids.TryAdd(text, id);
        }

        return ids;
    }
}
