namespace BertCompiler.Tokenization;

/// <summary>Puts a template round the windows of a text or a pair.</summary>
internal static class TemplateAssembler
{
    /// <summary>
    /// Goes through the template and keeps one list for what is kept and one for each combination of windows that overflow; in that order of
    /// combinations Hugging Face tokenizers merge encodings (tokenizer/encoding.rs).
    /// </summary>
    /// <param name="template">Special tokens and texts in order.</param>
    /// <param name="section">Gives the texts of special tokens.</param>
    /// <param name="texts">The tokens of each text.</param>
    /// <param name="windows">The windows of each text.</param>
    /// <param name="addSpecialTokens">Whether the template's special tokens are wanted.</param>
    public static TokenEncoding Assemble(
        ReadOnlySpan<TemplatePiece> template, TokenizerSectionView section, Token[][] texts, Range[][] windows, bool addSpecialTokens)
    {
        bool fromTemplate = addSpecialTokens && (section.Header.Options & TokenizerOptions.OverflowTypesFromTemplate) != 0;
        Token[] kept = [];
        List<Token[]> overflow = [];
        foreach (TemplatePiece piece in template)
        {
            if (!piece.IsText)
            {
                if (!addSpecialTokens) continue;
                Token special = new(piece.Id, piece.TypeId, section.TextOf(piece.Id).ToString(), default, default, -1, -1, TokenKind.Special);
                kept = [.. kept, special];
                overflow = overflow.ConvertAll(o => (Token[])[.. o, special]);
                continue;
            }

            int sequence = piece.Id == TemplatePiece.First ? 0 : 1;
            Token[][] parts = new Token[windows[sequence].Length][];
            for (int w = 0; w < parts.Length; w++)
            {
                int type = w == 0 || fromTemplate ? piece.TypeId : sequence;
                parts[w] = texts[sequence][windows[sequence][w]];
                for (int i = 0; i < parts[w].Length; i++) parts[w][i] = OffsetTrimmer.Trim(section.Header.Options, parts[w][i] with { TypeId = type }, i);
            }

            List<Token[]> next = [.. overflow.SelectMany(o => parts, (o, part) => (Token[])[.. o, .. part])];
            foreach (Token[] part in parts[1..]) next.Add([.. kept, .. part]);
            overflow = next;
            kept = [.. kept, .. parts[0]];
        }

        return new(kept, overflow.ConvertAll(o => new TokenEncoding(o, [])));
    }
}
