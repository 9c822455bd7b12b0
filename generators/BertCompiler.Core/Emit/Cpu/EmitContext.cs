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

    /// <summary>Makes room for the values of some blocks, before any of them runs.</summary>
    public void Reserve(CodeWriter w, params IEnumerable<Block> blocks)
    {
        EquatableArray<int> widths = Plan.SlotWidths(blocks);
        // A collection, not a list of arguments: C# 12 knows no "params" of spans. Both are constant data of the assembly.
        if (widths.Any(width => width > 0)) w.Line($"work.Reserve(batch.TokenCount, [{string.Join(", ", widths.Select(width => Literal.Integer(width)))}]);");
    }

    /// <summary>Takes the values of a block out of the workspace, each with its shape.</summary>
    public void Values(CodeWriter w, Block block)
    {
        var holders = new Dictionary<int, string>();
        foreach (Value value in block.Values.Select(name => Plan.Find(block, name)))
        {
            string place = holders.TryGetValue(value.Slot, out string? holder) ? $", in the memory of {holder}" : "";
            w.Line($"nn.Rows {value.Name} = {Rows(value)}; // {value.Shape}{place}");
            holders[value.Slot] = value.Name;
        }
    }

    /// <summary>The memory of a value.</summary>
    public static string Rows(Value value)
    {
        string count = value.Rows switch
        {
            RowAxis.Tokens => "batch.TokenCount",
            RowAxis.Selected => "work.SelectedCount",
            _ => "batch.Count",
        };
        return FormattableString.Invariant($"work.Rows({value.Slot}, {count}, {Literal.Integer(value.Columns)})");
    }
}
