using System.Runtime.InteropServices;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>A reference tokenizer that takes each text whole, however long it is.</summary>
internal sealed class UnpartedPipeline(TokenizerPipeline inner) : TokenizerPipeline(inner.Tables, inner.Model)
{
    protected internal override TextPause Pause => TextPause.Nowhere;

    protected internal override bool NeedsPlaces => inner.NeedsPlaces;

    /// <summary>Opens one, for the rest of the process.</summary>
    public static unsafe Tokenizer Open(string name)
    {
        TokenizerDescription description = GoldenTokenizers.Describe(name);
        byte[] section = TokenizerSection.ToArray(description);
        void* memory = NativeMemory.AlignedAlloc((nuint)section.Length, TokenizerHeader.Alignment);
        section.CopyTo(new Span<byte>(memory, section.Length));
        return Tokenizer.Open((nint)memory, section.Length, tables => new UnpartedPipeline(new DescribedPipeline(tables, description)));
    }

    protected internal override void Normalize(NormalizedText text) => inner.Normalize(text);

    protected internal override void Split(SplitText text) => inner.Split(text);

    protected internal override void Decode(TokenTexts tokens) => inner.Decode(tokens);
}
