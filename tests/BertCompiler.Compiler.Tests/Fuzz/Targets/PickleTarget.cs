using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Pickle;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>The pickle in a PyTorch archive: the input is data.pkl, the archive round it is sound.</summary>
internal sealed class PickleTarget : IFuzzTarget
{
    private readonly PyTorchFormat _format = new();

    public string Name => "pickle";

    public IReadOnlyList<byte[]> Seeds { get; } = [.. SmallPyTorchFiles.Pickles()];

    public IReadOnlyList<byte[]> Words => PickleWords.All;

    public int BoundedRuns => 6000;

    public void Run(byte[] input)
    {
        try
        {
            using ICheckpoint checkpoint = _format.Open(ByteSource.Of(new MemoryStream(SmallPyTorchFiles.Wrap(input), writable: false), "pytorch_model.bin"), new CheckpointContext(new ProblemList()));
            CheckpointUse.ReadEnds(checkpoint);
        }
        catch (ImportException)
        {
            // Refused, as it may be.
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
