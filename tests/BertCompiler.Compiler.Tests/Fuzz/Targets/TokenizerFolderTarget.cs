using System.Text;
using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>A file of the older ways to store a tokenizer: vocab.txt, vocab.json with merges.txt, tokenizer_config.json, special_tokens_map.json, added_tokens.json.</summary>
internal sealed class TokenizerFolderTarget : IFuzzTarget
{
    private const string Vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\ns\nthe\ncat\n##s\n##a\n.\n,\n\ncats\n";

    private readonly TemporaryFolder _folder = new();
    private readonly TokenizerUse _use = new();
    private readonly string _file;

    public TokenizerFolderTarget(string file)
    {
        _file = file;
        Dictionary<string, string> files = file is "vocab.json" or "merges.txt" ? Roberta() : Bert();
        foreach ((string name, string text) in files) File.WriteAllText(_folder[name], text);
        Seeds = [Encoding.UTF8.GetBytes(files[file]), .. GoldenSeeds.Find("hostile", Path.GetFileNameWithoutExtension(file) + "_", file)];
    }

    public string Name => _file.Replace('.', '-').Replace('_', '-');

    public IReadOnlyList<byte[]> Seeds { get; }

    public IReadOnlyList<byte[]> Words { get; } =
    [
        "\n[UNK]\n"u8.ToArray(), "\n[CLS]\r\n"u8.ToArray(), "\u00a0\n"u8.ToArray(), "\u2028"u8.ToArray(), "##"u8.ToArray(), "\n\n"u8.ToArray(), "#version: 0.2\n"u8.ToArray(), "Ġ t\n"u8.ToArray(),
        "\"do_lower_case\": true"u8.ToArray(), "\"tokenizer_class\": \"BertTokenizer\""u8.ToArray(), "\"unk_token\": {\"content\": \"a\"}"u8.ToArray(), "\"strip_accents\": null"u8.ToArray(),
        "\"added_tokens_decoder\": {\"5\": {\"content\": \"x\"}}"u8.ToArray(), "\"tokenize_chinese_chars\": false"u8.ToArray(), "\"never_split\": []"u8.ToArray(), "\"truncation_side\": \"left\""u8.ToArray(), "\"[E]\": 15"u8.ToArray(), "\"additional_special_tokens\": [\"[E]\"]"u8.ToArray(),
    ];

    public IFuzzGrammar? Grammar => _file.EndsWith(".json", StringComparison.Ordinal) ? JsonGrammar.Instance : null;

    public int BoundedRuns => 1000;

    public void Run(byte[] input)
    {
        File.WriteAllBytes(_folder[_file], input);
        TokenizerReading reading = TokenizerReader.Read(_folder.Path, tableRows: null);
        if (reading.Tokenizer is null) Assert.Contains(reading.Problems, p => p.Severity == Severity.Error);
        else _use.Use(reading.Tokenizer);
    }

    public void Dispose()
    {
        _use.Dispose();
        _folder.Dispose();
    }

    private static Dictionary<string, string> Bert() => new(StringComparer.Ordinal)
    {
        ["vocab.txt"] = Vocabulary,
        ["tokenizer_config.json"] = """{"do_lower_case": true, "tokenizer_class": "BertTokenizer", "unk_token": "[UNK]", "cls_token": {"content": "[CLS]", "lstrip": false}, "strip_accents": null, "model_max_length": 8}""",
        ["special_tokens_map.json"] = """{"unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": {"content": "[PAD]", "single_word": false}, "mask_token": "[MASK]"}""",
        ["added_tokens.json"] = """{"[E]": 15, "word": 16}""",
    };

    /// <summary>vocab.json must spell every byte: the 256 letters of GPT-2's alphabet.</summary>
    private static Dictionary<string, string> Roberta()
    {
        IEnumerable<char> plain = Enumerable.Range('!', 94).Concat(Enumerable.Range(0xA1, 12)).Concat(Enumerable.Range(0xAE, 82)).Select(c => (char)c);
        IEnumerable<char> letters = plain.Concat(Enumerable.Range(0x100, 68).Select(c => (char)c));
        string[] tokens = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", .. letters.Select(c => c.ToString()), "th", "the", "Ġt"];
        return new(StringComparer.Ordinal)
        {
            ["vocab.json"] = System.Text.Json.JsonSerializer.Serialize(tokens.Select((t, i) => (t, i)).ToDictionary(p => p.t, p => p.i)),
            ["merges.txt"] = "#version: 0.2\nt h\nth e\nĠ t\n",
            ["tokenizer_config.json"] = """{"tokenizer_class": "RobertaTokenizer", "add_prefix_space": false}""",
        };
    }
}
