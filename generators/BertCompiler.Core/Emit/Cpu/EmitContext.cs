using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary>What every writer of a file needs: the request, its plan, and the frame that all files share.</summary>
internal sealed class EmitContext(EmitRequest request, ExecutionPlan plan)
{
    public EmitRequest Request { get; } = request;

    public ExecutionPlan Plan { get; } = plan;

    public ModelSpec Spec => Request.Manifest.Spec;

    /// <summary>A file with header and namespace, whose class part is written by <paramref name="write"/>.</summary>
    public SourceFile File(string concern, Action<EmitContext, CodeWriter> write) => SourceFrame.File(
        Request,
        concern,
        $"""
            {Literal.Documentation(Spec.Name)}, compiled by BertCompiler. Shape letters: B texts of a batch, T their tokens together, H hidden, A heads, D = H/A,
            F feed-forward, L layers, V vocabulary, P positions. The kernels (nn.*) are ordinary C# in BertCompiler.Runtime.
            """,
        new("nn", "BertCompiler.Kernels"),
        "as everybody in this field writes it",
        w => write(this, w));

    /// <summary><c>partial class X</c>; the first file says the rest.</summary>
    public IDisposable PartialClass(CodeWriter w) => w.Block("partial class " + Request.ClassName);

    /// <summary>Makes room for the buffers of some blocks, before any of them runs.</summary>
    public void Reserve(CodeWriter w, params IEnumerable<Block> blocks)
    {
        EquatableArray<int> widths = Plan.SlotWidths(blocks);
        // A collection, not a list of arguments: C# 12 knows no "params" of spans. Both are constant data of the assembly.
        if (widths.Any(width => width > 0)) w.Line($"work.Reserve(batch.TokenCount, [{string.Join(", ", widths.Select(width => Literal.Integer(width)))}]);");
    }

    /// <summary>Takes the buffers of a block out of the workspace, each with its shape.</summary>
    public void Buffers(CodeWriter w, Block block)
    {
        foreach (string name in block.Ops.SelectMany(o => o.Reads.Append(o.Writes)).Concat(block.Outputs.Select(o => o.Buffer)).Distinct())
        {
            BufferSpec b = Plan[name];
            string count = b.Rows == RowAxis.Tokens ? "batch.TokenCount" : "batch.Count";
            w.Line(FormattableString.Invariant($"nn.Rows {b.Name} = work.Rows({b.Slot}, {count}, {Literal.Integer(b.Columns)}); // {b.Shape}"));
        }
    }
}
