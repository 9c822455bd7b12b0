using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>Steps over tables that nobody described: those that read the tables, and the usual ones.</summary>
internal sealed class AnyPipeline : TokenizerPipeline
{
    private readonly CharacterMap? _map;

    /// <exception cref="InvalidDataException">The tables are damaged.</exception>
    public AnyPipeline(TokenizerTables tables)
        : base(tables, WholeWords.ModelOf(tables))
    {
        if (tables.Header.CharacterMapOffsets.Count > 1) _map = new(tables, 0);
    }

    protected internal override TextPause Pause => TextPause.BetweenWords;

    protected internal override void Normalize(NormalizedText text)
    {
        if (_map is not null) text.Precompiled(_map);
    }

    protected internal override void Split(SplitText text)
    {
        if (Tables.Header.Model == TokenizerModelKind.Unigram) text.Metaspace('\u2581', PrependScheme.Always, split: true);
        else text.BertWords();
    }

    protected internal override void Decode(TokenTexts tokens) => tokens.WordPiece("##", cleanUp: true);
}
