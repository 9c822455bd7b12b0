using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Core.Weights;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;
using Xunit.Sdk;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>Tokenizes a few texts with whatever came out of an input.</summary>
internal sealed class TokenizerUse : IDisposable
{
    private static readonly string[] Texts =
    [
        "The cats jumped, [MASK] 12 un-mat \uFB01\u4E2D.",
        "",
        "Hello  world</s> it's 1234 ▁x\t\r\n",
        "\U0001F600 e\u0301\u0327 \u0130 \uFF21\uFF22\uFF23\u200D\u0E33\uD55C\uAE00 \uD800 end",
        new string('a', 130) + " " + new string('s', 40),
    ];

    private readonly GuardedMemory _memory = new();
    private readonly TokenBatch _batch = new();

    /// <summary>Packs a description, which is sound, and uses it.</summary>
    public void Use(TokenizerDescription description)
    {
        byte[] section;
        try
        {
            section = TokenizerSection.ToArray(description);
        }
        catch (InvalidDataException)
        {
            // Declared: a vocabulary that cannot be hashed.
            return;
        }

        // What the import would write for the compiler is what the compiler reads.
        TokenizerManifest manifest = SampleTokenizers.Of(TokenizerSpecs.Of(description));
        if (!manifest.Equals(TokenizerManifestText.Read(TokenizerManifestText.Write(manifest)))) throw new XunitException("the manifest reads back as another tokenizer");
        Use(_memory.Place(section), section.Length, tables => new DescribedPipeline(tables, description));
    }

    /// <summary>Opens a section where it lies and uses it.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Use(nint section, long bytes, Func<TokenizerTables, TokenizerPipeline> pipeline)
    {
        Tokenizer tokenizer = Tokenizer.Open(section, bytes, pipeline);
        foreach (string text in Texts)
        {
            Check(tokenizer, tokenizer.Encode(text));
            Check(tokenizer, tokenizer.Encode(text, Texts[0], new EncodeOptions { AddSpecialTokens = false }));
            _batch.Clear();
            int specials = tokenizer.SpecialTokenCount(pair: false);
            if (specials is > 0 and < 1000) tokenizer.Append(text, specials + 6, _batch);
            foreach (int id in _batch.Ids) CheckId(tokenizer, id);
        }
    }

    /// <summary>Copies a file to where reading behind its end is noticed.</summary>
    public nint Place(ReadOnlySpan<byte> file) => _memory.Place(file);

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private static void Check(Tokenizer tokenizer, TokenEncoding encoding)
    {
        int[] ids = encoding.Ids();
        foreach (int id in ids) CheckId(tokenizer, id);
        tokenizer.Decode(ids);
        tokenizer.Decode(ids, skipSpecialTokens: true);
    }

    private static void CheckId(Tokenizer tokenizer, int id)
    {
        if ((uint)id >= (uint)tokenizer.VocabularySize) throw new XunitException($"id {id} of {tokenizer.VocabularySize}");
    }
}
