namespace SemanticSearch.Passages;

/// <summary>A file's text → passages: tiny blocks are merged with their neighbours, long ones cut into overlapping windows of whole sentences.</summary>
/// <param name="countTokens">Number of tokens that the model sees in a text, its special tokens not counted.</param>
/// <param name="windowTokens">Greatest number of tokens of a window.</param>
internal sealed class PassageSplitter(Func<string, int> countTokens, int windowTokens)
{
    /// <summary>To be raised whenever the same text would be cut otherwise: indexes made before are then made again.</summary>
    public const int RulesVersion = 1;

    private const int TinyLength = 160;
    private const int MergedLength = 500;

    // A word without an end (a key, a picture in base 64) is cut here: no token has less than one character.
    private int LongestPiece => windowTokens;

    /// <summary>The passages of a text, in order.</summary>
    public IReadOnlyList<Passage> Split(string text, bool isMarkdown)
    {
        IEnumerable<Block> blocks = isMarkdown ? MarkdownBlocks.Read(text) : PlainTextBlocks.Read(text);
        var passages = new List<Passage>();
        foreach (Block block in Merge(blocks)) Cut(block, passages);
        return passages;
    }

    private static IEnumerable<Block> Merge(IEnumerable<Block> blocks)
    {
        Block? waiting = null;
        foreach (Block block in blocks)
        {
            if (waiting is null)
            {
                waiting = block;
            }
            else if (BelongTogether(waiting, block))
            {
                int offset = waiting.Text.Length + 1;
                waiting = new Block(
                    waiting.Heading, waiting.Text + "\n" + block.Text, [.. waiting.Lines, .. block.Lines.Select(l => l with { Offset = l.Offset + offset })]);
            }
            else
            {
                yield return waiting;
                waiting = block;
            }
        }

        if (waiting is not null) yield return waiting;
    }

    private static bool BelongTogether(Block first, Block second) =>
        first.Heading == second.Heading
        && Math.Min(first.Text.Length, second.Text.Length) < TinyLength
        && first.Text.Length + second.Text.Length < MergedLength;

    private void Cut(Block block, List<Passage> passages)
    {
        List<TextRange> pieces = [.. SentenceSplitter.Split(block.Text).SelectMany(s => Pieces(block.Text, s))];
        int[] tokens = [.. pieces.Select(p => countTokens(p.Of(block.Text)))];
        int first = 0;
        while (first < pieces.Count)
        {
            int end = first + 1;
            for (int sum = tokens[first]; end < pieces.Count && sum + tokens[end] <= windowTokens; end++) sum += tokens[end];
            int start = pieces[first].Start;
            passages.Add(new Passage(block.Heading, block.Text[start..pieces[end - 1].End], block.LineAt(start)));
            if (end == pieces.Count) break;

            // One sentence stands in both windows, unless the next one would then be the same again.
            first = end - first > 1 && tokens[end - 1] + tokens[end] <= windowTokens ? end - 1 : end;
        }
    }

    // A sentence that is too long for a window is cut at white space.
    private IEnumerable<TextRange> Pieces(string text, TextRange sentence)
    {
        if (sentence.Length <= LongestPiece || countTokens(sentence.Of(text)) <= windowTokens)
        {
            yield return sentence;
            yield break;
        }

        for (int start = sentence.Start; start < sentence.End;)
        {
            int end = Math.Min(start + LongestPiece, sentence.End);
            if (end < sentence.End)
            {
                int space = text.LastIndexOf(' ', end - 1, end - start);
                if (space > start) end = space;
                else if (char.IsHighSurrogate(text[end - 1])) end--;
            }

            yield return new TextRange(start, end - start);
            start = end;
            while (start < sentence.End && char.IsWhiteSpace(text[start])) start++;
        }
    }
}
