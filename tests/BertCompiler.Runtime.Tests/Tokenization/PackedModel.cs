using System.Runtime.InteropServices;
using System.Text;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>A model over packed tables, given words directly: nothing is normalised or split.</summary>
internal sealed unsafe class PackedModel : IDisposable
{
    private readonly void* _memory;
    private readonly TokenModel _model;
    private readonly NormalizedText _text = new();
    private readonly SplitText _words = new();

    public PackedModel(TokenizerDescription description)
        : this(TokenizerSection.ToArray(description))
    {
    }

    public PackedModel(byte[] section)
    {
        _memory = NativeMemory.AlignedAlloc((nuint)section.Length, TokenizerHeader.Alignment);
        section.CopyTo(new Span<byte>(_memory, section.Length));
        Tables = new((nint)_memory, section.Length);
        _model = WholeWords.ModelOf(Tables);
    }

    public TokenizerTables Tables { get; }

    /// <summary>A description of a model and nothing else.</summary>
    public static TokenizerDescription Describe(TokenizerModelKind model, params string[] vocabulary) => new()
    {
        Model = model,
        Pieces = [.. vocabulary.Select((text, id) => new VocabularyPiece(text, id))],
        ModelUnknownId = 0,
        AddedTokens = [],
        SingleTemplate = [new() { Id = TemplatePiece.First }],
        PairTemplate = [new() { Id = TemplatePiece.First }, new() { Id = TemplatePiece.Second }],
        Special = SpecialIds.None,
    };

    /// <summary>The pieces of words that stand side by side, each unit of UTF-16 a place.</summary>
    public PieceList Cut(IEnumerable<string> words, bool tracks = false, TokenizerScratch? scratch = null)
    {
        _text.Reset(tracks);
        var ends = new List<int>();
        int at = 0;
        foreach (string word in words)
        {
            foreach (Rune rune in word.EnumerateRunes())
            {
                _text.AppendCodePoint(rune.Value, at, at + rune.Utf16SequenceLength);
                at += rune.Utf16SequenceLength;
            }

            ends.Add(_text.Length);
        }

        _words.Begin(_text, 0, _text.Length);
        SplitList pieces = _words.NextPieces();
        for (int i = 0; i < ends.Count; i++) pieces.Add(i == 0 ? 0 : ends[i - 1], ends[i]);
        _words.TakePieces();
        scratch ??= new();
        scratch.Pieces.Reset(tracks, keepsTexts: tracks);
        int number = 0;
        _model.Encode(_words, int.MaxValue, ref number, scratch);
        return scratch.Pieces;
    }

    public int[] Ids(params string[] words) => Cut(words).Ids.ToArray();

    public void Dispose() => NativeMemory.AlignedFree(_memory);
}
