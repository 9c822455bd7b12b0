namespace BertCompiler.Tokenization;

/// <summary>
/// From ids back to text. An added token that is looked for in normalised text is written in its normal form (Hugging Face tokenizers,
/// tokenizer/mod.rs, decode).
/// </summary>
internal sealed class TokenDecoder(TokenizerPipeline pipeline)
{
    private Dictionary<int, int>? _addedTokens;

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens)
    {
        TokenizerTables tables = pipeline.Tables;
        Dictionary<int, int> addedTokens = _addedTokens ??= IndexAddedTokens();
        var tokens = new List<string>(ids.Length);
        foreach (int id in ids)
        {
            if (!tables.HasText(id)) continue;
            if (!addedTokens.TryGetValue(id, out int index))
            {
                tokens.Add(tables.StringOf(id));
                continue;
            }

            AddedTokenRecord added = tables.AddedTokens[index];
            if (skipSpecialTokens && (added.Flags & AddedTokenFlags.SkippedOnRequest) != 0) continue;
            tokens.Add(Utf8Units.ToText(tables.DecodedTextOf(added)));
        }

        var texts = new TokenTexts(tokens);
        pipeline.Decode(texts);
        return texts.Joined();
    }

    private Dictionary<int, int> IndexAddedTokens()
    {
        var index = new Dictionary<int, int>();
        ReadOnlySpan<AddedTokenRecord> tokens = pipeline.Tables.AddedTokens;
        for (int i = 0; i < tokens.Length; i++) index[tokens[i].Id] = i;
        return index;
    }
}
