using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>
/// The segmentation of a word with the greatest sum of scores, in float64 and in the order of Hugging Face tokenizers (models/unigram,
/// encode_optimized), so that equal sums are decided alike. Neighbouring unknown characters are one token.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class UnigramModel : TokenModel
{
    private const int None = -1;

    private readonly ByteTokens? _bytes;
    private readonly int _unknown;
    private readonly double _unknownScore;

    /// <summary>Takes the packed tables.</summary>
    /// <exception cref="InvalidDataException">They are not those of a unigram model.</exception>
    public UnigramModel(TokenizerTables tables)
        : base(tables)
    {
        _unknown = tables.Header.ModelUnknownId;
        _unknownScore = tables.Header.UnknownScore;
        if (_unknown < 0 || tables.Scores.Length != tables.IdCount || tables.Pieces.Length == 0) TokenizerTables.Fail("its unigram model lacks a part");
        if ((tables.Header.Options & TokenizerOptions.ByteFallback) != 0) _bytes = new(tables);
    }

    /// <inheritdoc/>
    private protected override void Cut(NormalizedText text, int start, int end, int word, TokenizerScratch scratch)
    {
        ReadOnlySpan<byte> bytes = text.Bytes[start..end];
        UnigramPaths paths = scratch.Paths;
        var trie = new PieceTrie(Tables);
        int longest = Math.Max(Tables.Header.LongestPiece, Utf8Bytes.Most);
        paths.Begin(bytes.Length, longest);
        int origin = 0;
        int unknownStart = None;
        for (int at = 0; at < bytes.Length;)
        {
            if (at - origin > paths.Limit)
            {
                int junction = paths.Junction(at - origin);
                Write(paths, junction, start + origin, ref unknownStart, text, word, scratch);
                paths.MoveTo(junction, at - origin);
                origin += junction;
            }

            Utf8Text.CodePointAt(bytes, at, out int length);
            int stop = (int)Math.Min(bytes.Length, (long)at + longest);
            Walk(trie, bytes[at..stop], length, paths.Places[(at - origin)..], at - origin);
            at += length;
        }

        Write(paths, bytes.Length - origin, start + origin, ref unknownStart, text, word, scratch);
        if (unknownStart >= 0) WriteUnknown(unknownStart, end, text, word, scratch);
    }

    /// <summary>Offers all pieces that begin at a place; a single character that is none is unknown.</summary>
    /// <param name="trie">The pieces.</param>
    /// <param name="text">The text from there on.</param>
    /// <param name="character">Bytes of its first character.</param>
    /// <param name="places">The places from there on.</param>
    /// <param name="start">Number of the first.</param>
    private void Walk(PieceTrie trie, ReadOnlySpan<byte> text, int character, Span<PathPlace> places, int start)
    {
        ReadOnlySpan<double> scores = Tables.Scores;
        double sum = places[0].Score;
        bool single = false;
        uint node = trie.Begin;
        for (int i = 0; i < text.Length && trie.TryStep(ref node, text[i], out int id); i++)
        {
            if (id < 0) continue;
            if (id >= scores.Length) Tables.FailId(id);
            Offer(ref places[i + 1], start, id, scores[id] + sum);
            single |= i + 1 == character;
        }

        if (!single) Offer(ref places[character], start, _unknown, _unknownScore + sum);
    }

    /// <summary>A path is taken where it is better than what is known.</summary>
    private static void Offer(ref PathPlace place, int start, int id, double sum)
    {
        if (place.Link >= 0 && !(sum > place.Score)) return;
        place.Score = sum;
        place.Link = start;
        place.Id = id;
    }

    /// <summary>Appends the pieces of the best path to a place; an unknown run that ends there may go on.</summary>
    private void Write(UnigramPaths paths, int place, int origin, ref int unknownStart, NormalizedText text, int word, TokenizerScratch scratch)
    {
        paths.TurnRound(place);
        ReadOnlySpan<PathPlace> places = paths.Places;
        int next;
        for (int at = 0; at < place; at = next)
        {
            next = places[at].Link;
            int id = places[next].Id;
            if (id == _unknown)
            {
                if (unknownStart < 0) unknownStart = origin + at;
                continue;
            }

            if (unknownStart >= 0) WriteUnknown(unknownStart, origin + at, text, word, scratch);
            unknownStart = None;
            scratch.Pieces.Add(id, text.StartOf(origin + at), text.EndOf(origin + next - 1), word);
        }
    }

    private void WriteUnknown(int start, int end, NormalizedText text, int word, TokenizerScratch scratch)
    {
        PieceList output = scratch.Pieces;
        ReadOnlySpan<byte> bytes = text.Bytes[start..end];
        int id = Tables.IdOf(bytes);
        if (id < 0 && _bytes is not null && _bytes.Spells(bytes))
        {
            foreach (byte b in bytes) output.Add(_bytes.IdOf(b), text.StartOf(start), text.EndOf(end - 1), word);
            return;
        }

        // The text of an unknown token is what it stands for, as in the reference.
        if (id < 0 && output.KeepsTexts) output.AddText(Encoding.UTF8.GetString(bytes));
        output.Add(id < 0 ? _unknown : id, text.StartOf(start), text.EndOf(end - 1), word);
    }
}
