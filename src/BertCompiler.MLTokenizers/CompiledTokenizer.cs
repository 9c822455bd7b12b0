using System.Buffers;
using System.Runtime.InteropServices;
using BertCompiler.Tokenization;
using Microsoft.ML.Tokenizers;
using Tokenizer = BertCompiler.Tokenization.Tokenizer;

namespace BertCompiler.MLTokenizers;

/// <summary>
/// A compiled tokenizer as a <see cref="Microsoft.ML.Tokenizers.Tokenizer"/>: for chunkers, token counters and whatever else takes that class.
/// Ids are those of Hugging Face tokenizers.
/// </summary>
/// <remarks>
/// <para>
/// Every place and index is one in the text that was given, in UTF-16 units: normalising, splitting and cutting into pieces are one pipeline
/// that knows where each piece comes from. So <see cref="Normalizer"/> and <see cref="PreTokenizer"/> are null, the normalised text that
/// methods hand out is null, and <c>considerNormalization</c> and <c>considerPreTokenization</c> change nothing: the ids are always the model's.
/// </para>
/// <para>
/// Special tokens ([CLS], [SEP]) are left out unless the constructor is told otherwise, as the package's own tokenizer for BERT leaves them out
/// when it is used through the abstract class: what takes that class cuts texts into parts and adds counts up. With them, they count in every
/// limit, stay when a text is cut, and are left out when ids are decoded. Where a limit has no room for them, nothing is given.
/// </para>
/// <para>
/// A limit cuts between tokens, never inside a character: one that is spelt by several tokens stays whole or goes whole.
/// Safe for several threads at once.
/// </para>
/// </remarks>
public sealed class CompiledTokenizer : Microsoft.ML.Tokenizers.Tokenizer
{
    private const int LargestKept = 1 << 20;

    [ThreadStatic]
    private static TokenList? _kept;

    /// <summary>Wraps a compiled tokenizer, which must stay open as long as this is used.</summary>
    /// <param name="tokenizer">The compiled tokenizer.</param>
    /// <param name="addSpecialTokens">Whether ids, tokens and counts hold the special tokens of the model too.</param>
    public CompiledTokenizer(Tokenizer tokenizer, bool addSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        Inner = tokenizer;
        AddsSpecialTokens = addSpecialTokens;
    }

    /// <summary>The compiled tokenizer.</summary>
    public Tokenizer Inner { get; }

    /// <summary>Whether ids, tokens and counts hold the special tokens of the model too.</summary>
    public bool AddsSpecialTokens { get; }

    /// <summary>Null: the compiled pipeline normalises, and keeps places in the original text.</summary>
    public override Normalizer? Normalizer => null;

    /// <summary>Null: the compiled pipeline splits.</summary>
    public override PreTokenizer? PreTokenizer => null;

    /// <inheritdoc/>
    public override string Decode(IEnumerable<int> ids) => Inner.Decode(Array(ids), skipSpecialTokens: AddsSpecialTokens);

    /// <summary>
    /// Decodes ids into <paramref name="destination"/>. Where it is too small, it takes the text of as many ids as fit; what the rest decodes to
    /// by itself may lack the space between.
    /// </summary>
    /// <param name="ids">Token ids; those without token are passed over.</param>
    /// <param name="destination">Takes the text.</param>
    /// <param name="idsConsumed">How many ids the text stands for.</param>
    /// <param name="charsWritten">UTF-16 units written.</param>
    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        ReadOnlySpan<int> all = Array(ids);
        string whole = Inner.Decode(all, skipSpecialTokens: AddsSpecialTokens);
        (string text, idsConsumed) = whole.Length <= destination.Length ? (whole, all.Length) : Fitting(all, whole, destination.Length);
        text.CopyTo(destination);
        charsWritten = text.Length;
        return idsConsumed == all.Length ? OperationStatus.Done : OperationStatus.DestinationTooSmall;
    }

    /// <inheritdoc/>
    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        ReadOnlySpan<char> whole = text ?? textSpan;
        TokenList list = Encode(whole, settings);
        TokenCut cut = TokenCut.AtStart(list, settings.MaxTokenCount, whole.Length);
        var tokens = new EncodedToken[cut.Count];
        for (int i = 0; i < tokens.Length; i++)
        {
            int at = cut.IndexOf(i);
            bool isTail = at >= cut.TextEnd;
            Range place = isTail ? new(cut.Consumed, cut.Consumed) : new(list.Starts[at], list.Ends[at]);
            tokens[i] = new(list.Ids[at], Inner.TextOf(list.Ids[at]) ?? "", place);
        }

        Return(list);
        return new() { Tokens = tokens, NormalizedText = null, CharsConsumed = cut.Consumed };
    }

    /// <inheritdoc/>
    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        ReadOnlySpan<char> whole = text ?? textSpan;
        TokenList list = Encode(whole, settings);
        TokenCut cut = TokenCut.AtStart(list, settings.MaxTokenCount, whole.Length);
        var ids = new int[cut.Count];
        for (int i = 0; i < ids.Length; i++) ids[i] = list.Ids[cut.IndexOf(i)];
        Return(list);
        return new() { Tokens = ids, NormalizedText = null, CharsConsumed = cut.Consumed };
    }

    /// <inheritdoc/>
    protected override int CountTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        ReadOnlySpan<char> whole = text ?? textSpan;
        if (settings.MaxTokenCount == int.MaxValue) return Inner.Count(whole, AddsSpecialTokens);
        TokenList list = Encode(whole, settings);
        int count = TokenCut.AtStart(list, settings.MaxTokenCount, whole.Length).Count;
        Return(list);
        return count;
    }

    /// <summary>
    /// The longest part at the beginning (or the end) of a text that ends (or begins) between two of its tokens and by itself has at most so
    /// many tokens as the settings allow: a word that is cut may be spelt otherwise, so the part is encoded again.
    /// </summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="textSpan">The text where <paramref name="text"/> is null.</param>
    /// <param name="settings">The limit.</param>
    /// <param name="fromEnd">Whether the part is the end of the text.</param>
    /// <param name="normalizedText">Null: the index is one in the text that was given.</param>
    /// <param name="tokenCount">Tokens of the part.</param>
    /// <returns>The index behind the part; from the end, the index at which it begins.</returns>
    protected override int GetIndexByTokenCount(
        string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings, bool fromEnd, out string? normalizedText, out int tokenCount)
    {
        normalizedText = null;
        ReadOnlySpan<char> whole = text ?? textSpan;
        TokenList list = Encode(whole, settings);
        int room = settings.MaxTokenCount;
        while (true)
        {
            TokenCut cut = fromEnd ? TokenCut.AtEnd(list, room, whole.Length) : TokenCut.AtStart(list, room, whole.Length);
            ReadOnlySpan<char> part = fromEnd ? whole[cut.Consumed..] : whole[..cut.Consumed];
            tokenCount = cut.Kept == 0 || cut.Count == list.Count ? cut.Count : Inner.Count(part, AddsSpecialTokens);
            if (tokenCount <= settings.MaxTokenCount)
            {
                Return(list);
                return cut.Consumed;
            }

            room = cut.Count - 1;
        }
    }

    private static ReadOnlySpan<int> Array(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids switch
        {
            int[] array => array,
            List<int> list => CollectionsMarshal.AsSpan(list),
            _ => ids.ToArray(),
        };
    }

    private static void Return(TokenList list)
    {
        if (list.Count <= LargestKept) _kept = list;
    }

    /// <summary>The longest run of ids at the beginning whose text fits and is the beginning of the whole: no byte of a character goes astray.</summary>
    private (string Text, int Count) Fitting(ReadOnlySpan<int> ids, string whole, int length)
    {
        int low = 0, high = ids.Length;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (Decoded(ids[..middle]).Length <= length) low = middle;
            else high = middle - 1;
        }

        for (int count = low; count > 0; count--)
        {
            string text = Decoded(ids[..count]);
            if (text.Length <= length && whole.StartsWith(text, StringComparison.Ordinal)) return (text, count);
        }

        return ("", 0);
    }

    private string Decoded(ReadOnlySpan<int> ids) => Inner.Decode(ids, skipSpecialTokens: AddsSpecialTokens);

    /// <summary>The text's tokens in this thread's list, which is given back with <see cref="Return"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The settings allow no token.</exception>
    private TokenList Encode(ReadOnlySpan<char> text, EncodeSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaxTokenCount, 1, "maxTokenCount");
        TokenList list = _kept ?? new TokenList();
        _kept = null;
        Inner.Encode(text, list, AddsSpecialTokens);
        return list;
    }
}
