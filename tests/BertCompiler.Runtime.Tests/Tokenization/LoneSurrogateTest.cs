using System.Text.Json.Nodes;
using BertCompiler.Testing;
using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>Half of a surrogate pair counts as U+FFFD and as one unit.</summary>
public sealed class LoneSurrogateTest
{
    [SharedFact]
    public void HalvesOfPairsCountAsTheReplacementCharacter()
    {
        int cases = 0;
        foreach (string line in File.ReadLines(SharedData.Require("golden", "tokenizers", "lone_surrogates.jsonl")))
        {
            JsonNode expected = JsonNode.Parse(line)!;
            string name = expected["tokenizer"]!.GetValue<string>();
            if (!GoldenTokenizers.Names.Contains(name)) continue;
            cases++;
            string text = new([.. expected["utf16"]!.AsArray().Select(u => (char)u!.GetValue<int>())]);
            TokenEncoding found = GoldenTokenizers.Get(name).Encode(text);
            Assert.Equal(expected["ids"]!.AsArray().Select(v => v!.GetValue<int>()), found.Ids());
            Assert.Equal(expected["word_ids"]!.AsArray().Select(v => v?.GetValue<int>() ?? -1), found.Tokens.Select(t => t.Word));
            Assert.Equal(Spans(expected["offsets"]!), found.Tokens.Select(t => t.CodePoints));
            Assert.Equal(Spans(expected["offsets_utf16"] ?? expected["offsets"]!), found.Tokens.Select(t => t.Span));
        }

        Assert.Equal(28, cases);
    }

    private static IEnumerable<TextSpan> Spans(JsonNode list)
        => list.AsArray().Select(v => new TextSpan(v![0]!.GetValue<int>(), v[1]!.GetValue<int>()));
}
