namespace BertCompiler.Tokenization;

/// <summary>
/// From ids back to text (Hugging Face tokenizers, decoders). An added token that is looked for in normalised text is written in its normal
/// form. Without a step, tokens are joined by spaces.
/// </summary>
internal sealed class TokenDecoder(TokenizerSectionView section)
{
    private Dictionary<int, int>? _addedTokens;
    private IDecoder[]? _steps;

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens)
    {
        Dictionary<int, int> addedTokens = _addedTokens ??= IndexAddedTokens();
        IDecoder[] steps = _steps ??= CreateSteps();
        var tokens = new List<string>();
        foreach (int id in ids)
        {
            if (!section.HasText(id)) continue;
            ReadOnlySpan<char> token = section.TextOf(id);
            if (addedTokens.TryGetValue(id, out int index))
            {
                AddedTokenRecord added = section.AddedTokens[index];
                if (skipSpecialTokens && (added.Flags & AddedTokenFlags.SkippedOnRequest) != 0) continue;
                token = section.DecodedTextOf(added);
            }

            tokens.Add(token.ToString());
        }

        foreach (IDecoder step in steps) tokens = step.Decode(tokens);
        return string.Join(steps.Length == 0 ? " " : "", tokens);
    }

    private Dictionary<int, int> IndexAddedTokens()
    {
        var index = new Dictionary<int, int>();
        for (int i = 0; i < section.AddedTokens.Length; i++) index[section.AddedTokens[i].Id] = i;
        return index;
    }

    private IDecoder[] CreateSteps()
    {
        var steps = new IDecoder[section.Decoders.Length];
        for (int i = 0; i < steps.Length; i++) steps[i] = Create(section.Decoders[i]);
        return steps;
    }

    private IDecoder Create(StepRecord step)
    {
        string text = section.StepText(step.TextStart, step.TextLength).ToString();
        string other = section.StepText(step.OtherStart, step.OtherLength).ToString();
        if (text.Length == 0 && (DecoderKind)step.Kind is DecoderKind.Metaspace or DecoderKind.Bpe or DecoderKind.Replace or DecoderKind.Strip)
        {
            TokenizerSectionView.Fail("a decoder lacks its text");
        }

        switch ((DecoderKind)step.Kind)
        {
            case DecoderKind.WordPiece: return new WordPieceDecoder(text, cleanUp: step.Flags == 1);
            case DecoderKind.ByteLevel: return new ByteLevelDecoder();
            case DecoderKind.Metaspace: return new MetaspaceDecoder(text[0], prepended: step.Flags == 0);
            case DecoderKind.Bpe: return new BpeDecoder(text);
            case DecoderKind.Replace: return new ReplaceDecoder(text, other);
            case DecoderKind.ByteFallback: return new ByteFallbackDecoder();
            case DecoderKind.Fuse: return new FuseDecoder();
            case DecoderKind.Strip: return new StripDecoder(text[0], (int)(step.Flags & 0xFFFF), (int)(step.Flags >> 16));
            default:
                TokenizerSectionView.Fail($"it names the decoder {step.Kind}");
                return null;
        }
    }
}
