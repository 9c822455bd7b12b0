using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>A folder with a small tokenizer, to which a test adds what stands beside it.</summary>
internal sealed class BesideFiles : IDisposable
{
    public const string Words = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n[\n]\ne\n##1\n##e\nhello\n##2\n1\n/\nworld\n";

    /// <summary>Lines of <see cref="Words"/>.</summary>
    public const int WordCount = 15;

    public string Path { get; } = Directory.CreateTempSubdirectory("bert-beside-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public BesideFiles With(string name, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, name), text);
        return this;
    }

    public BesideFiles With(string name, byte[] bytes)
    {
        File.WriteAllBytes(System.IO.Path.Combine(Path, name), bytes);
        return this;
    }

    /// <summary>vocab.json with the letters of all bytes between RoBERTa's special tokens, 261 tokens, and merges.txt without a merge.</summary>
    public BesideFiles WithMerges()
    {
        IEnumerable<string> letters = Enumerable.Range(0, 256).Select(b => Tokenization.ByteLetters.Of(b).ToString()).Order(StringComparer.Ordinal);
        string[] tokens = ["<s>", "<pad>", "</s>", "<unk>", .. letters, "<mask>"];
        With("vocab.json", System.Text.Json.JsonSerializer.Serialize(tokens.Select((t, i) => (t, i)).ToDictionary(p => p.t, p => p.i)));
        return With("merges.txt", "#version: 0.2\n");
    }

    /// <summary>A tokenizer.json over <see cref="Words"/> as BERT has it, cased, with the tokens with a role.</summary>
    public BesideFiles WithJson(bool lower = false, string truncation = "null")
    {
        string[] words = Words.TrimEnd('\n').Split('\n');
        string vocab = string.Join(',', words.Select((w, i) => $"{System.Text.Json.JsonSerializer.Serialize(w)}:{i}"));
        string added = string.Join(',', words.Take(5).Select((w, i) => $$"""{"id":{{i}},"content":"{{w}}","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}"""));
        return With("tokenizer.json", $$$"""
            {"version":"1.0","truncation":{{{truncation}}},"padding":null,"added_tokens":[{{{added}}}],
            "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":{{{(lower ? "true" : "false")}}}},
            "pre_tokenizer":{"type":"BertPreTokenizer"},
            "post_processor":{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]},
            "decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
            "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":{{{{vocab}}}}
            }}
            """);
    }

    public TokenizerReading Read(int? tableRows = null) => TokenizerReader.Read(Path, tableRows);

    /// <summary>Ids of a text, where the folder is read without an error.</summary>
    public int[] Ids(string text, int? tableRows = null)
    {
        TokenizerReading reading = Read(tableRows);
        Assert.True(reading.Tokenizer is not null, string.Join('\n', reading.Problems));
        using var loaded = new LoadedTokenizer(reading.Tokenizer);
        return loaded.Tokenizer.Encode(text).Ids();
    }
}
