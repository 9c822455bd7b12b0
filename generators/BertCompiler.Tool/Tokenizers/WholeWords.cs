using System.Runtime.InteropServices;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// Marks the texts of a vocabulary that, as words, are one token: each is cut by the model itself, on the packed tables without marks, so
/// that the marks say nothing that the model would not do.
/// </summary>
internal static unsafe class WholeWords
{
    /// <summary>Marks the slots of a section.</summary>
    /// <param name="section">The section, complete but for the marks.</param>
    public static void Mark(byte[] section)
    {
        byte* data = (byte*)NativeMemory.AlignedAlloc((nuint)section.Length, TokenizerHeader.Alignment);
        try
        {
            section.CopyTo(new Span<byte>(data, section.Length));
            var tables = new TokenizerTables((nint)data, section.Length);
            TokenizerHeader header = tables.Header;
            TokenModel model = ModelOf(tables);
            bool suffixed = header.Words.Count > 0;
            TokenizerHeader.Part part = suffixed ? header.Words : header.Slots;
            Span<VocabularySlot> slots = MemoryMarshal.Cast<byte, VocabularySlot>(section.AsSpan((int)part.Offset))[..part.Count];
            int suffix = suffixed ? header.Suffix.Count : 0;
            var text = new NormalizedText();
            var words = new SplitText();
            var scratch = new TokenizerScratch();
            foreach (ref VocabularySlot slot in slots)
            {
                if (slot.Entry == 0) continue;
                int id = (int)slot.Entry - 1;
                if (IsWhole(model, tables.TextOf(id)[..^suffix], id, text, words, scratch)) slot.Entry |= VocabularySlot.Whole;
            }
        }
        finally
        {
            NativeMemory.AlignedFree(data);
        }
    }

    /// <summary>The model over packed tables.</summary>
    public static TokenModel ModelOf(TokenizerTables tables) => tables.Header.Model switch
    {
        TokenizerModelKind.WordPiece => new WordPieceModel(tables),
        TokenizerModelKind.Bpe => new BpeModel(tables),
        TokenizerModelKind.Unigram => new UnigramModel(tables),
        _ => new WordLevelModel(tables),
    };

    private static bool IsWhole(TokenModel model, ReadOnlySpan<byte> bytes, int id, NormalizedText text, SplitText words, TokenizerScratch scratch)
    {
        text.Reset(tracks: false);
        text.AppendBytes(bytes, 0, 0);
        words.Begin(text, 0, text.Length);
        scratch.Pieces.Reset(tracks: false);
        int word = 0;
        model.Encode(words, int.MaxValue, ref word, scratch);
        return scratch.Pieces.Ids is [var only] && only == id;
    }
}
