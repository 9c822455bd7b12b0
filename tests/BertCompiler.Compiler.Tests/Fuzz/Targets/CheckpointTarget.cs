using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>One format of checkpoints: the input is the file that is opened, other files lie unspoiled beside it.</summary>
/// <param name="name">Name of the target.</param>
/// <param name="format">The format.</param>
/// <param name="fileName">The input's name.</param>
/// <param name="seeds">Inputs to begin with.</param>
internal class CheckpointTarget(string name, ICheckpointFormat format, string fileName, IEnumerable<byte[]> seeds) : IFuzzTarget
{
    private readonly TemporaryFolder _folder = new();

    public string Name => name;

    public IReadOnlyList<byte[]> Seeds { get; } = [.. seeds];

    public virtual IReadOnlyList<byte[]> Words => [];

    public virtual IFuzzGrammar? Grammar => null;

    public virtual int BoundedRuns => 2000;

    /// <summary>Whether the reader is told that numbers will be read.</summary>
    protected virtual bool ReadsNumbers => true;

    /// <summary>Where files beside the input lie.</summary>
    protected string Folder => _folder.Path;

    public virtual byte[] Repair(byte[] input) => input;

    public void Run(byte[] input)
    {
        try
        {
            var context = new CheckpointContext(new ProblemList()) { ReadsNumbers = ReadsNumbers };
            using ICheckpoint checkpoint = format.Open(ByteSource.Of(new MemoryStream(input, writable: false), _folder[fileName]), context);
            CheckpointUse.ReadEnds(checkpoint);
        }
        catch (ImportException)
        {
            // Refused, as it may be.
        }
    }

    public void Dispose() => _folder.Dispose();
}
