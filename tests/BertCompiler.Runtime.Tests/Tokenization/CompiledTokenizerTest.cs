using System.Buffers;
using System.Text.Json.Nodes;
using BertCompiler.MLTokenizers;
using BertCompiler.Testing;
using Microsoft.ML.Tokenizers;
using MLTokenizer = Microsoft.ML.Tokenizers.Tokenizer;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>A compiled tokenizer used through the abstract class of Microsoft.ML.Tokenizers.</summary>
public sealed class CompiledTokenizerTest
{
    private static readonly string[] Kinds = ["real", "nasty", "fuzz"];

    /// <summary>Their references are cut and padded as the file says; this class does neither.</summary>
    private static readonly string[] WithBlocks = ["odd2_nfkc_replace_punct_digits", "odd3_bpe_metaspace_prepend", "odd5_bytelevel_sequence_post", "odd6_metaspace_first_wp"];

    public static TheoryData<string> Names() => [.. GoldenTokenizers.Names.Except(WithBlocks)];

    [SharedTheory]
    [MemberData(nameof(Names))]
    public void Ids_places_and_counts_equal_the_reference(string name)
    {
        MLTokenizer with = GoldenTokenizers.Get(name).AsMLTokenizer(addSpecialTokens: true);
        MLTokenizer bare = GoldenTokenizers.Get(name).AsMLTokenizer();
        int compared = 0;
        foreach (JsonNode item in Cases(name))
        {
            string text = item["text"]!.GetValue<string>();
            int[] ids = Numbers(item["ids"]!);
            bool[] isText = [.. item["word_ids"]!.AsArray().Select(w => w is not null)];
            int[] own = [.. ids.Where((_, i) => isText[i])];
            Assert.Equal(ids, with.EncodeToIds(text));
            Assert.Equal(own, bare.EncodeToIds(text.AsSpan()));
            Assert.Equal((ids.Length, own.Length), (with.CountTokens(text), bare.CountTokens(text.AsSpan())));
            IReadOnlyList<EncodedToken> tokens = with.EncodeToTokens(text, out string? normalized);
            Assert.Null(normalized);
            Assert.Equal(ids, tokens.Select(t => t.Id));
            int[][] offsets = [.. (item["offsets_utf16"] ?? item["offsets"])!.AsArray().Select(o => Numbers(o!))];
            for (int i = 0; i < tokens.Count; i++)
            {
                (int start, int length) = tokens[i].Offset.GetOffsetAndLength(text.Length);
                if (isText[i]) Assert.Equal((offsets[i][0], offsets[i][1]), (start, start + length));
                else Assert.Equal(0, length);
            }

            compared++;
        }

        Assert.True(compared > 200, $"{compared}");
    }

    [SharedTheory]
    [InlineData("bert_uncased")]
    [InlineData("roberta_gpt2bpe")]
    [InlineData("xlmr")]
    [InlineData("spm_bpe_byte_fallback")]
    public void A_limit_keeps_the_first_ids_and_says_how_far_they_reach(string name)
    {
        foreach (string text in GoldenTokenizers.Texts(name).Where(t => t.Length < 60))
        {
            foreach (MLTokenizer tokenizer in (MLTokenizer[])[GoldenTokenizers.Get(name).AsMLTokenizer(), GoldenTokenizers.Get(name).AsMLTokenizer(addSpecialTokens: true)])
            {
                int[] whole = [.. tokenizer.EncodeToIds(text)];
                int specials = tokenizer.CountTokens("");
                EncodedToken[] tokens = [.. tokenizer.EncodeToTokens(text, out _)];
                for (int most = 1; most < whole.Length + 2; most++)
                {
                    IReadOnlyList<int> ids = tokenizer.EncodeToIds(text, most, out string? normalized, out int consumed);
                    Assert.Null(normalized);
                    int kept = ids.Count - (ids.Count == 0 ? 0 : specials);
                    int[] expected = ids.Count == 0 ? [] : [.. whole[..(specials / 2 + kept)], .. whole[(whole.Length - specials + specials / 2)..]];
                    Assert.Equal(expected, ids);
                    Assert.True(ids.Count <= most);
                    if (most >= whole.Length) Assert.Equal((text.Length, whole.Length), (consumed, ids.Count));
                    else if (kept > 0) Assert.Equal(tokens[specials / 2 + kept - 1].Offset.End.Value, consumed);
                    else Assert.Equal(0, consumed);

                    // No character lies on both sides of the cut.
                    if (kept > 0 && most < whole.Length) Assert.True(tokens[specials / 2 + kept].Offset.Start.Value >= consumed);

                    // Only a character that several tokens spell makes it less than the limit.
                    if (most < whole.Length && ids.Count is > 0 && ids.Count < most) Assert.True(tokens[specials / 2 + kept].Offset.Start.Value < tokens[specials / 2 + kept].Offset.End.Value);
                    Assert.Equal(ids, tokenizer.EncodeToIds(text.AsSpan(), most, out _, out int again));
                    Assert.Equal(consumed, again);
                }
            }
        }
    }

    [SharedTheory]
    [InlineData("bert_uncased", false)]
    [InlineData("bert_uncased", true)]
    [InlineData("roberta_gpt2bpe", false)]
    [InlineData("xlmr", true)]
    [InlineData("wp_custom_special", false)]
    [InlineData("spm_bpe", false)]
    public void Parts_by_token_count_fit_by_themselves_and_make_up_the_text(string name, bool addSpecialTokens)
    {
        MLTokenizer tokenizer = GoldenTokenizers.Get(name).AsMLTokenizer(addSpecialTokens);
        foreach (string text in GoldenTokenizers.Texts(name).Where(t => t.Length is > 20 and < 400).Take(150))
        {
            Assert.Equal(text, string.Concat(Chunks(tokenizer, text, 12, fromEnd: false)));
            Assert.Equal(text, string.Concat(Chunks(tokenizer, text, 12, fromEnd: true).Reverse()));
            int all = tokenizer.CountTokens(text);
            Assert.Equal((text.Length, all), (tokenizer.GetIndexByTokenCount(text, all, out _, out int count), count));
            Assert.Equal((0, all), (tokenizer.GetIndexByTokenCountFromEnd(text, all, out _, out count), count));
        }
    }

    [SharedFact]
    public void The_longest_part_ends_between_two_tokens()
    {
        MLTokenizer tokenizer = GoldenTokenizers.Get("bert_uncased").AsMLTokenizer();
        const string Text = "Hello wonderful world";
        Assert.Equal((15, 2), (tokenizer.GetIndexByTokenCount(Text, 2, out _, out int count), count));
        Assert.Equal((15, 1), (tokenizer.GetIndexByTokenCountFromEnd(Text, 1, out _, out count), count));
        Assert.Equal((0, 0), (GoldenTokenizers.Get("bert_uncased").AsMLTokenizer(addSpecialTokens: true).GetIndexByTokenCount(Text, 1, out _, out count), count));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.EncodeToIds(Text, 0, out _, out _));
    }

    [SharedTheory]
    [InlineData("bert_uncased")]
    [InlineData("bbpe")]
    [InlineData("albert")]
    public void Ids_decode_as_the_reference_decodes_them(string name)
    {
        MLTokenizer with = GoldenTokenizers.Get(name).AsMLTokenizer(addSpecialTokens: true), bare = GoldenTokenizers.Get(name).AsMLTokenizer();
        foreach (string line in File.ReadLines(SharedData.Require("golden", "tokenizers", name, "cases_decode.jsonl")))
        {
            JsonNode item = JsonNode.Parse(line)!;
            int[] ids = Numbers(item["ids"]!);
            string all = item["rust"]!.GetValue<string>(), plain = item["rust_skip"]!.GetValue<string>();
            Assert.Equal((all, plain), (bare.Decode(ids), with.Decode(ids.Where(_ => true))));
            var buffer = new char[all.Length];
            Assert.Equal(OperationStatus.Done, bare.Decode([.. ids], buffer, out int consumed, out int written));
            Assert.Equal((all, ids.Length), (new string(buffer, 0, written), consumed));
            if (all.Length == 0) continue;
            OperationStatus status = bare.Decode(ids, buffer.AsSpan(0, all.Length - 1), out consumed, out written);
            Assert.Equal(OperationStatus.DestinationTooSmall, status);
            Assert.True(consumed < ids.Length);
            Assert.StartsWith(new string(buffer, 0, written), all, StringComparison.Ordinal);
            Assert.Equal(bare.Decode(ids.Take(consumed)), new string(buffer, 0, written));
        }
    }

    /// <summary>Cuts a text into parts of at most so many tokens, as text chunkers that take the abstract class do.</summary>
    private static IEnumerable<string> Chunks(MLTokenizer tokenizer, string text, int most, bool fromEnd)
    {
        string rest = text;
        while (rest.Length > 0)
        {
            int index = fromEnd
                ? tokenizer.GetIndexByTokenCountFromEnd(rest, most, out string? normalized, out int count, considerNormalization: false)
                : tokenizer.GetIndexByTokenCount(rest, most, out normalized, out count, considerNormalization: false);
            Assert.Null(normalized);
            string part = fromEnd ? rest[index..] : rest[..index];
            Assert.NotEmpty(part);
            Assert.InRange(count, 0, most);
            Assert.Equal(tokenizer.CountTokens(part), count);
            yield return part;
            rest = fromEnd ? rest[..index] : rest[index..];
        }
    }

    private static IEnumerable<JsonNode> Cases(string name) => Kinds
        .SelectMany(kind => File.ReadLines(SharedData.Require("golden", "tokenizers", name, $"cases_{kind}.jsonl")))
        .Select(line => JsonNode.Parse(line)!)
        .Where(item => item["text"] is not null && item["pair"] is null && item["options"] is null && item["score_tie"] is null);

    private static int[] Numbers(JsonNode list) => [.. list.AsArray().Select(n => n!.GetValue<int>())];
}
