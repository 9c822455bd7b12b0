using System.Text;
using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Tokenizers;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>tokenizer.json: what is read is packed, opened and tokenizes.</summary>
internal sealed class TokenizerJsonTarget : IFuzzTarget
{
    private static readonly string[] Types =
    [
        "BertNormalizer", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Strip", "Replace", "Prepend", "Nmt", "Precompiled", "Sequence", "ByteLevel", "Metaspace", "Whitespace",
        "WhitespaceSplit", "BertPreTokenizer", "Split", "Punctuation", "Digits", "CharDelimiterSplit", "UnicodeScripts", "WordPiece", "BPEDecoder", "ByteFallback", "Fuse", "CTC", "BPE", "Unigram",
        "WordLevel", "TemplateProcessing", "BertProcessing", "RobertaProcessing", "MergedWithNext", "Contiguous", "Regex", "String",
    ];

    private readonly TokenizerUse _use = new();

    public string Name => "tokenizer-json";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. SmallTokenizers.All, .. GoldenSeeds.Find("hostile", "tokenizer_", "tokenizer.json"), .. GoldenSeeds.Find("hostile", "_valid", "tokenizer.json"),
        .. GoldenSeeds.Find("tokenizers", "odd", "tokenizer.json"), .. GoldenSeeds.Find("tokenizers", "spm_bpe_byte", "tokenizer.json"),
    ];

    public IReadOnlyList<byte[]> Words { get; } =
    [
        .. Types.Select(t => Encoding.UTF8.GetBytes($"\"type\": \"{t}\"")), .. Types.Select(t => Encoding.UTF8.GetBytes($"\"{t}\"")), "{\"Regex\": \"(a|a)*\"}"u8.ToArray(), "\\ud83d"u8.ToArray(),
        "\"\""u8.ToArray(), "null"u8.ToArray(), "\\u0000"u8.ToArray(), "[\"a\", \"s\"],"u8.ToArray(), "\\\\p{L}+"u8.ToArray(), "[^\\\\s]{2,}"u8.ToArray(), "\\u0130"u8.ToArray(), "\\uFDFA"u8.ToArray(),
    ];

    public IFuzzGrammar Grammar => JsonGrammar.Instance;

    public int BoundedRuns => 4000;

    public void Run(byte[] input)
    {
        TokenizerDescription description;
        try
        {
            JsonItem root = JsonTree.Parse(input, "tokenizer.json", ProblemKinds.TokenizerMalformed).Root;
            description = TokenizerJsonReader.Read(root, TokenizerFiles.None, tableRows: null, []);
        }
        catch (TokenizerFault)
        {
            return;
        }

        _use.Use(description);
    }

    public void Dispose() => _use.Dispose();
}
