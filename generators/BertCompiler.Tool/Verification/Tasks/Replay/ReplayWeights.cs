using System.Runtime.InteropServices;
using BertCompiler.Tool.Tokenizers;
using BertCompiler.Weights;

namespace BertCompiler.Tool.Verification.Tasks.Replay;

/// <summary>Packed weights that hold a folder's tokenizer and no tensor: enough for a model whose logits were stored. Outlives the models that use it.</summary>
internal sealed unsafe class ReplayWeights : IDisposable
{
    private static readonly string _noHash = new('0', 64);

    private readonly TokenizerDescription _tokenizer;
    private readonly long _bytes;
    private void* _memory;

    private ReplayWeights(TokenizerDescription tokenizer)
    {
        _tokenizer = tokenizer;
        byte[] section = TokenizerSection.ToArray(tokenizer);
        _bytes = PackedHeader.Bytes + section.Length;
        _memory = NativeMemory.AlignedAlloc((nuint)_bytes, PackedHeader.Bytes);
        var all = new Span<byte>(_memory, (int)_bytes);
        new PackedHeader(_bytes, PackedHeader.Bytes, section.Length, _noHash).Write(all);
        section.CopyTo(all[PackedHeader.Bytes..]);
    }

    /// <summary>Reads the tokenizer of a model folder.</summary>
    /// <exception cref="UnsupportedModelException">The tokenizer is of a kind that is not supported yet, or cannot be read.</exception>
    public static ReplayWeights Read(string folder)
    {
        TokenizerReading reading = TokenizerReader.Read(folder, tableRows: null);
        return new ReplayWeights(reading.Tokenizer ?? throw new UnsupportedModelException(string.Join('\n', reading.Problems.Select(p => p.ToString()))));
    }

    /// <summary>The weights, for one model, which disposes of what it gets.</summary>
    public PackedWeights Open()
    {
        ObjectDisposedException.ThrowIf(_memory is null, this);
        return PackedWeights.OpenLinked((nint)_memory, _bytes, _noHash);
    }

    /// <summary>Facts of a model with this tokenizer that can read <paramref name="maxTokens"/> tokens.</summary>
    public ModelFacts Facts(string name, int vocabulary, int maxTokens) => new()
    {
        Name = name,
        Architecture = "stored logits",
        Hidden = 1,
        Layers = 0,
        Heads = 1,
        Vocabulary = vocabulary,
        Positions = maxTokens,
        TokenTypes = 2,
        MaxTokens = maxTokens,
        Dimension = 0,
        ContentHash = _noHash,
        Pipeline = tables => new DescribedPipeline(tables, _tokenizer),
    };

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
