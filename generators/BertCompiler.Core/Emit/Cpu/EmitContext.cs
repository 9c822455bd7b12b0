using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary>What every writer of a file needs: the request, its plan, and the frame that all files share.</summary>
internal sealed class EmitContext(EmitRequest request, ExecutionPlan plan)
{
    /// <summary>The nested class that computes the model; the outer one has its typed results.</summary>
    public const string ProgramName = "CpuProgram";

    /// <summary>Parameters that every method of a program has.</summary>
    public const string Run = "global::BertCompiler.TokenBatch batch, global::BertCompiler.Workspace work";

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

    /// <summary><c>partial class X { partial class CpuProgram</c>.</summary>
    public IDisposable PartialProgram(CodeWriter w) => new Nested(PartialClass(w), w.Block("partial class " + ProgramName));

    /// <summary>What a block of the head takes.</summary>
    public string Parameters(Block block) => Plan.Selects(block) ? Run + ", global::System.ReadOnlySpan<int> tokens" : Run;

    /// <summary>What it is called with.</summary>
    public string Arguments(Block block) => Plan.Selects(block) ? "batch, work, tokens" : "batch, work";

    /// <summary>Makes room for the values of some blocks, before any of them runs.</summary>
    public void Reserve(CodeWriter w, params IEnumerable<Block> blocks)
    {
        Reserve("batch.TokenCount", Plan.SlotWidths(blocks, selected: false));
        Reserve("tokens.Length", Plan.SlotWidths(blocks, selected: true));

        // A collection, not a list of arguments: C# 12 knows no "params" of spans. Both are constant data of the assembly.
        void Reserve(string count, EquatableArray<int> widths)
        {
            if (widths.Any(width => width > 0)) w.Line($"work.Reserve({count}, [{string.Join(", ", widths.Select(width => Literal.Integer(width)))}]);");
        }
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
            RowAxis.Selected => "tokens.Length",
            _ => "batch.Count",
        };
        return FormattableString.Invariant($"work.Rows({value.Slot}, {count}, {Literal.Integer(value.Columns)})");
    }

    private sealed class Nested(IDisposable outer, IDisposable inner) : IDisposable
    {
        public void Dispose()
        {
            inner.Dispose();
            outer.Dispose();
        }
    }
}
