using BertCompiler.Testing;
using BertCompiler.Tokenization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>What holds for every text.</summary>
public sealed class TokenizerPropertyTest
{
    private static readonly string[] Fragments =
    [
        "a", "É", "e", "\u0301", "\u0323", "한", "中", " ", "  ", "\t", "\n", "[MASK]", "[SEP]", "[E1]", "SOLO", "ab", "abc", "new york", "<|left|>",
        "<|right|>", "<|both|>", "\U0001F600", "\uD800", "\uDC00", "\u0130", "!", "…", "\0", "\uFFFD", "C++", "@user", "中文", "Café", "COVID-19",
        "unbelievably", " <mask>", "</s>", "'ll", "  \n ", "ﬁ①㎏", "``", "\U0001D165", "\U00010400", new string('x', 120),
    ];

    private static readonly string[] Tokenizers =
    [
        "bert_uncased", "mpnet", "wp_cased", "wp_custom_special", "wp_lower_noclean", "bbpe_prefix", "roberta_gpt2bpe", "xlmr", "xlmr_strip_replace",
        "albert", "spm_bpe", "spm_bpe_byte_fallback", "odd1_nfd_lower_strip_whitespace", "odd2_nfkc_replace_punct_digits",
        "odd3_bpe_metaspace_prepend", "odd4_split_regex_isolated", "odd5_bytelevel_sequence_post", "odd6_metaspace_first_wp", "odd7_wordlevel_ws",
        "odd8_unigram_bertpre", "odd9_bpe_continuing_prefix", "odd10_herbert_bpe", "odd11_char_delimiter_nothing",
    ];

    public sealed record Text(string Tokenizer, string Value);

    public static class Generators
    {
        public static Arbitrary<Text> Texts()
        {
            Gen<string> assembled = Gen.Elements(Fragments).ArrayOf().Select(string.Concat);
            Gen<string> any = ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "");
            return Gen.Elements(Tokenizers).SelectMany(t => Gen.OneOf(assembled, any).Select(v => new Text(t, v))).ToArbitrary();
        }
    }

    /// <summary>Puts nothing round a text, so an empty one has no token.</summary>
    private const string WithoutTemplate = "odd11_char_delimiter_nothing";

    /// <summary>Of a space that was put before a word, the place lies behind the word's first character, as in the reference.</summary>
    private const string AddsSpaces = "bbpe_prefix";

    [SharedProperty(Arbitrary = [typeof(Generators)], MaxTest = 2000)]
    public bool PlacesAreInTheTextAndInOrder(Text text)
    {
        TokenEncoding encoding = GoldenTokenizers.Get(text.Tokenizer).Encode(text.Value);
        TextSpan last = default;
        int word = -1;
        foreach (Token token in encoding.Tokens.Where(t => t.Kind == TokenKind.Text))
        {
            bool sound = (token.Span.Start >= last.Start || text.Tokenizer == AddsSpaces) && token.Span.End >= token.Span.Start && token.Span.End <= text.Value.Length
                && token.CodePoints.Start <= token.Span.Start && token.CodePoints.End <= token.Span.End
                && (token.Word == word || token.Word == word + 1);
            if (!sound) return false;
            (last, word) = (token.Span, token.Word);
        }

        return true;
    }

    [SharedProperty(Arbitrary = [typeof(Generators)], MaxTest = 2000)]
    public bool TheWayIntoABatchGivesTheSameIds(Text text, PositiveInt room)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(text.Tokenizer);
        if (text.Tokenizer == WithoutTemplate && tokenizer.Encode(text.Value).Count == 0) return true;
        var batch = new TokenBatch();
        int most = room.Get + 1;
        tokenizer.Append(text.Value, most, batch);
        TokenEncoding encoding = tokenizer.Encode(text.Value, options: new() { Truncation = TruncationStrategy.OnlyFirst, MaxLength = Math.Max(most, 3) });
        return most < 3 || batch.Ids.SequenceEqual(encoding.Ids());
    }

    [SharedProperty(Arbitrary = [typeof(Generators)], MaxTest = 1000)]
    public bool NoWindowIsLongerThanAsked(Text first, Text second, PositiveInt room, bool left, byte stride)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(first.Tokenizer);
        int most = tokenizer.SpecialTokenCount(pair: true) + room.Get + 1;
        var options = new EncodeOptions
        {
            Truncation = TruncationStrategy.LongestFirst,
            MaxLength = most,
            Stride = Math.Min(stride, room.Get / 2),
            TruncationSide = left ? TextSide.Left : TextSide.Right,
        };
        TokenEncoding encoding;
        try
        {
            encoding = tokenizer.Encode(first.Value, second.Value, options);
        }
        catch (TruncationException)
        {
            // A stride that does not fit the shorter text's share is refused.
            return options.Stride > 0;
        }

        return encoding.Count <= most && encoding.Overflow.All(o => o.Overflow.Count == 0);
    }

    [SharedProperty(Arbitrary = [typeof(Generators)], MaxTest = 1000)]
    public bool DecodingNeverFails(Text text, int[] ids)
    {
        Tokenizer tokenizer = GoldenTokenizers.Get(text.Tokenizer);
        string whole = tokenizer.Decode(tokenizer.Encode(text.Value).Ids());
        return (whole.Length > 0 || text.Tokenizer == WithoutTemplate) && tokenizer.Decode(ids ?? []).Length >= 0;
    }
}
