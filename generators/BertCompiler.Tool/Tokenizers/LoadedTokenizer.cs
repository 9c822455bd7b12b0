using System.Runtime.InteropServices;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>A tokenizer packed into memory of its own, for commands that need it without a compiled model.</summary>
internal sealed unsafe class LoadedTokenizer : IDisposable
{
    private void* _memory;

    /// <exception cref="InvalidDataException">The vocabulary cannot be hashed.</exception>
    public LoadedTokenizer(TokenizerDescription description)
    {
        Description = description;
        byte[] section = TokenizerSection.ToArray(description);
        _memory = NativeMemory.AlignedAlloc((nuint)section.Length, TokenizerHeader.Alignment);
        section.CopyTo(new Span<byte>(_memory, section.Length));
        Tokenizer = Tokenizer.Open((nint)_memory, section.Length, tables => new DescribedPipeline(tables, description));
    }

    /// <summary>Takes over a tokenizer that is open already.</summary>
    public LoadedTokenizer(TokenizerDescription description, Tokenizer tokenizer) => (Description, Tokenizer) = (description, tokenizer);

    public TokenizerDescription Description { get; }

    public Tokenizer Tokenizer { get; }

    public void Dispose()
    {
        Tokenizer.Dispose();
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
