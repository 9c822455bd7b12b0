using System.Text;
using BertCompiler.Kernels;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using FsCheck;
using FsCheck.Xunit;
using Text = BertCompiler.Runtime.Tests.Tokenization.TokenizerPropertyTest.Text;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>Whatever way a text goes – string, span, UTF-8, counted, into a batch, in parts – its ids are the same; and every token belongs to its place.</summary>
public sealed class EveryWayPropertyTest
{
    private static readonly Crew _crew = new(3);

    /// <summary>Tokenizers that make each text one part.</summary>
    private static readonly Dictionary<string, Lazy<Tokenizer>> _whole = GoldenTokenizers.Names.ToDictionary(n => n, n => new Lazy<Tokenizer>(() => UnpartedPipeline.Open(n)));

    [SharedProperty(Arbitrary = [typeof(TokenizerPropertyTest.Generators)], MaxTest = 1500)]
    public void Ids_and_places_are_the_same_from_string_span_and_UTF8(Text text, bool addSpecialTokens)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(text.Tokenizer);
        TokenEncoding encoding = tokenizer.Encode(text.Value, options: new() { AddSpecialTokens = addSpecialTokens });
        int[] ids = encoding.Ids();
        byte[] utf8 = Encoding.UTF8.GetBytes(text.Value);
        var list = new TokenList();
        tokenizer.Encode(text.Value.AsSpan(), list, addSpecialTokens);
        Assert.Equal(ids, list.Ids.ToArray());
        Assert.Equal(encoding.Tokens.Select(t => (t.Span.Start, t.Span.End, t.Word)), Places(list));
        tokenizer.Encode(utf8, list, addSpecialTokens);
        Assert.Equal(ids, list.Ids.ToArray());
        int[] bytes = BytesBefore(text.Value);
        Assert.Equal(encoding.Tokens.Select(t => (bytes[t.Span.Start], bytes[t.Span.End], t.Word)), Places(list));
        Assert.Equal((ids.Length, ids.Length), (tokenizer.Count(text.Value, addSpecialTokens), tokenizer.Count(utf8, addSpecialTokens)));
        var room = new int[ids.Length];
        Assert.Equal(ids.Length, tokenizer.EncodeToIds(text.Value, room, addSpecialTokens));
        Assert.Equal(ids, room);
        Array.Clear(room);
        Assert.Equal(ids.Length, tokenizer.EncodeToIds(utf8, room, addSpecialTokens));
        Assert.Equal(ids, room);
    }

    [SharedProperty(Arbitrary = [typeof(TokenizerPropertyTest.Generators)], MaxTest = 1500)]
    public void Cut_ids_are_the_first_ones_between_the_special_tokens(Text text, PositiveInt room, bool addSpecialTokens)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(text.Tokenizer);
        int specials = addSpecialTokens ? tokenizer.SpecialTokenCount(pair: false) : 0;
        int most = specials + room.Get;
        var options = new EncodeOptions { AddSpecialTokens = addSpecialTokens, Truncation = TruncationStrategy.OnlyFirst, MaxLength = most };
        int[] expected = tokenizer.Encode(text.Value, options: options).Ids();
        bool cut = tokenizer.Count(text.Value, addSpecialTokens) > most;
        var ids = new int[most];
        int count = tokenizer.EncodeToIds(text.Value, ids, out bool truncated, addSpecialTokens);
        Assert.Equal(expected, ids[..count]);
        Assert.Equal(cut, truncated);
        count = tokenizer.EncodeToIds(Encoding.UTF8.GetBytes(text.Value), ids, out truncated, addSpecialTokens);
        Assert.Equal(expected, ids[..count]);
        Assert.Equal(cut, truncated);
        if (cut) Assert.Throws<ArgumentException>(() => tokenizer.EncodeToIds(text.Value, ids, addSpecialTokens));
        if (!addSpecialTokens || expected.Length == 0) return;
        var batch = new TokenBatch();
        Assert.Equal(cut, tokenizer.Append(text.Value, most, batch));
        Assert.Equal(cut, tokenizer.Append(Encoding.UTF8.GetBytes(text.Value), most, batch));
        Assert.Equal([.. expected, .. expected], batch.Ids.ToArray());
    }

    [SharedProperty(Arbitrary = [typeof(TokenizerPropertyTest.Generators)], MaxTest = 300)]
    public void Many_texts_with_several_threads_are_the_same_as_one_after_the_other(Text[] texts, PositiveInt room)
    {
        if (texts.Length == 0) return;
        Tokenizer tokenizer = GoldenTokenizers.Get(texts[0].Tokenizer);
        int most = tokenizer.SpecialTokenCount(pair: false) + room.Get;
        string[] values = [.. texts.Select(t => t.Value).Where(v => tokenizer.Count(v) > 0)];
        TokenBatch one = new(), all = new();
        int cut = values.Count(v => tokenizer.Append(v, most, one));
        Assert.Equal(cut, tokenizer.AppendAll(values, most, all, _crew));
        Assert.Equal(one.Ids.ToArray(), all.Ids.ToArray());
        Assert.Equal(one.TypeIds.ToArray(), all.TypeIds.ToArray());
        Assert.Equal(one.Offsets.ToArray(), all.Offsets.ToArray());
    }

    [SharedProperty(Arbitrary = [typeof(TokenizerPropertyTest.Generators)], MaxTest = 150)]
    public void A_long_text_in_parts_has_the_ids_and_places_of_the_whole(Text first, Text second, byte copies)
    {
        string text = string.Concat(Enumerable.Repeat(first.Value + second.Value, copies / 2)) + second.Value;
        if (text.Length > 60_000) text = text[..60_000];
        var whole = new TokenList();
        _whole[first.Tokenizer].Value.Encode(text.AsSpan(), whole);
        Tokenizer tokenizer = GoldenTokenizers.Get(first.Tokenizer);
        var parts = new TokenList();
        tokenizer.Encode(text.AsSpan(), parts);
        Assert.Equal(whole.Ids.ToArray(), parts.Ids.ToArray());
        Assert.Equal(Places(whole), Places(parts));
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        tokenizer.Encode(utf8, parts);
        Assert.Equal(whole.Ids.ToArray(), parts.Ids.ToArray());
        Assert.Equal((whole.Count, whole.Count), (tokenizer.Count(text), tokenizer.Count(utf8)));
    }

    [SharedProperty(Arbitrary = [typeof(TokenizerPropertyTest.Generators)], MaxTest = 1000)]
    public void Windows_cover_the_text_and_share_what_was_asked(Text text, PositiveInt room, byte stride, bool left)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(text.Tokenizer);
        int specials = tokenizer.SpecialTokenCount(pair: false);
        var options = new EncodeOptions
        {
            Truncation = TruncationStrategy.LongestFirst,
            MaxLength = specials + room.Get,
            Stride = stride % room.Get,
            TruncationSide = left ? TextSide.Left : TextSide.Right,
        };
        Token[] all = [.. tokenizer.Encode(text.Value).Tokens.Where(t => t.Kind == TokenKind.Text)];
        TokenEncoding encoding = tokenizer.Encode(text.Value, options: options);
        TokenEncoding[] windows = [encoding, .. encoding.Overflow];
        int step = room.Get - options.Stride;
        for (int i = 0; i < windows.Length; i++)
        {
            Assert.True(windows[i].Count <= options.MaxLength);
            Range range = left ? Math.Max(all.Length - (i * step) - room.Get, 0)..Math.Max(all.Length - (i * step), 0) : (i * step)..Math.Min((i * step) + room.Get, all.Length);

            // As in the reference, type ids of further windows are not always the template's, and a window's first token may keep its space or lose it.
            Token[] found = [.. windows[i].Tokens.Where(t => t.Kind == TokenKind.Text)];
            Assert.Equal(all[range].Select(t => (t.Id, t.Word)), found.Select(t => (t.Id, t.Word)));
            Assert.Equal(all[range].Skip(1).Select(t => t.Span), found.Skip(1).Select(t => t.Span));
            Assert.Equal(i == windows.Length - 1, left ? range.Start.Value == 0 : range.End.Value == all.Length);
        }
    }

    [SharedProperty(Arbitrary = [typeof(TokenizerPropertyTest.Generators)], MaxTest = 1500)]
    public void The_letters_of_a_token_stand_at_its_place(Text text)
    {
        string value = text.Value.Replace('\u2581', '_').Replace("\uFFFD", "", StringComparison.Ordinal);

        // Spells bytes: a token's bytes stand among those of its place.
        Tokenizer bytes = GoldenTokenizers.Get("bbpe_notrim");
        foreach (Token token in Tokens(bytes, value))
        {
            byte[] own = bytes.IsSpecial(token.Id) ? Encoding.UTF8.GetBytes(token.Text) : [.. token.Text.Select(c => (byte)ByteLetters.ByteOf(c))];
            Assert.True(Utf8At(value, token).AsSpan().IndexOf(own) >= 0, $"'{token.Text}' at {token.Span} of '{value}'");
        }

        // Changes nothing but spaces, and spells what it lacks by bytes.
        foreach (Token token in Tokens(GoldenTokenizers.Get("spm_bpe_byte_fallback"), value))
        {
            byte[] place = Utf8At(value, token);
            bool isByte = token.Text.StartsWith("<0x", StringComparison.Ordinal) && place.Contains(Convert.ToByte(token.Text[3..5], 16));
            Assert.True(isByte || place.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(token.Text.Replace('\u2581', ' '))), $"'{token.Text}' at {token.Span} of '{value}'");
        }

        // Drops control characters only, and says where it gives up.
        foreach (Token token in Tokens(GoldenTokenizers.Get("wp_cased"), value))
        {
            string place = string.Concat(value[token.Span.Start..token.Span.End].Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) is not (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.PrivateUse or System.Globalization.UnicodeCategory.OtherNotAssigned)));
            bool astral = place.Any(char.IsSurrogate);
            bool same = place == (token.Text.StartsWith("##", StringComparison.Ordinal) && token.Word >= 0 && place != token.Text ? token.Text[2..] : token.Text);
            Assert.True(astral || token.Text == "[UNK]" || same, $"'{token.Text}' at {token.Span} of '{value}'");
        }
    }

    [SharedProperty(Arbitrary = [typeof(TokenizerPropertyTest.Generators)], MaxTest = 1500)]
    public void What_loses_nothing_comes_back(Text text)
    {
        foreach (string name in (string[])["bbpe", "bbpe_notrim", "roberta_gpt2bpe", "spm_bpe_byte_fallback"])
        {
            // The mask takes the space before it along; "▁" comes back as a space; a lone surrogate is U+FFFD.
            string value = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Value)).Replace("<mask>", "", StringComparison.Ordinal).Replace('\u2581', ' ');
            Tokenizer tokenizer = GoldenTokenizers.Get(name);
            Assert.Equal(value, tokenizer.Decode(tokenizer.Encode(value, options: new() { AddSpecialTokens = false }).Ids()));
        }
    }

    private static IEnumerable<Token> Tokens(Tokenizer tokenizer, string text) => tokenizer.Encode(text).Tokens.Where(t => t.Kind == TokenKind.Text);

    private static byte[] Utf8At(string text, Token token)
    {
        return Encoding.UTF8.GetBytes(text[token.Span.Start..token.Span.End]);
    }

    private static IEnumerable<(int Start, int End, int Word)> Places(TokenList list)
    {
        int[] starts = list.Starts.ToArray(), ends = list.Ends.ToArray(), words = list.Words.ToArray();
        return [.. starts.Select((start, i) => (start, ends[i], words[i]))];
    }

    /// <summary>For every index into a string, bytes of UTF-8 before it; a lone surrogate has three, the second half of a pair begins with its character's end.</summary>
    private static int[] BytesBefore(string text)
    {
        var before = new int[text.Length + 1];
        for (int i = 0; i < text.Length;)
        {
            int units = char.IsSurrogatePair(text, i) ? 2 : 1;
            int bytes = units == 2 ? 4 : char.IsSurrogate(text[i]) ? 3 : Encoding.UTF8.GetByteCount(text.AsSpan(i, 1));
            before[i + 1] = before[i] + bytes;
            before[i + units] = before[i] + bytes;
            i += units;
        }

        return before;
    }
}
