using BertCompiler.Core.Emit.Tokenizers;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary><c>X.g.cs</c>: what the class is, its facts as constants, how it is loaded.</summary>
internal static class ClassEmitter
{
    public static void Write(EmitContext context, CodeWriter w)
    {
        WriteSummary(context, w);
        using (w.Block($"{context.Request.AccessWord} sealed partial class {context.Request.ClassName} : global::BertCompiler.{BaseClass.Of(context)}"))
        {
            WriteConstants(context, w);
            WriteFacts(context, w);
            if (BaseClass.HasHead(context)) WriteHead(context, w);
            WriteLoad(context, w);
            WriteProgram(context, w);
        }
    }

    private static void WriteSummary(EmitContext context, CodeWriter w)
    {
        ModelSpec s = context.Spec;
        string purpose = context.Plan.Sentence is { } ? FormattableString.Invariant($"turns a text into a vector of {s.Sentence!.Dimension(s.Hidden)} numbers")
            : "turns token ids into hidden states" + (s.Head.Kind == HeadKind.None ? "" : " and logits");
        w.Summary(FormattableString.Invariant($"{Literal.Documentation(s.Name)}: {Describe.Article(s.Architecture)} {Literal.Documentation(s.Architecture)} of {s.Layers.Count} layers, {Literal.Integer(context.Request.Manifest.Parameters)} parameters, that {purpose}."));
        w.Line("/// <remarks>");
        w.Line("/// <para>What it computes:</para>");
        w.Line("/// <list type=\"number\">");
        foreach (Block block in context.Plan.Blocks)
        {
            string where = context.Plan.Groups.FirstOrDefault(g => g.Block == block) is { } group ? Where(context.Plan, group) : "";
            foreach (Op op in block.Ops.Where(op => op is not TapOp))
            {
                string formula = Literal.DocumentationLine(Describe.Formula(op, context.Plan, block));
                w.Line($"/// <item>{where}{Describe.Sentence(op)} <c>{formula}</c></item>");
            }
        }

        w.Line("""
            /// </list>
            /// <para>
            /// Safe for several threads at once: weights are shared and read-only, and each call works in a workspace of its own, taken from a pool that
            /// grows to the number of calls that ever ran at once. Large calls are spread over the process's worker crew. The same text gives the same
            /// bits, alone or in any batch, with any number of threads, on any CPU.
            /// </para>
            /// <para>Dispose it at any time: running calls end well, later ones are refused, and the last one out unmaps the weights.</para>
            /// </remarks>
            """);
    }

    private static string Where(ExecutionPlan plan, LayerGroup group)
    {
        if (plan.Groups.Count == 1) return FormattableString.Invariant($"In each of the {plan.LayerCount} layers: ");
        return $"In {(group.Layers.Count == 1 ? "layer" : "the layers")} {LayerList.Of(group.Layers)}: ";
    }

    private static void WriteConstants(EmitContext context, CodeWriter w)
    {
        ModelSpec s = context.Spec;
        Constant(w, "H: width of a hidden state.", "int Hidden", s.Hidden);
        Constant(w, "L: number of encoder layers.", "int Layers", s.Layers.Count);
        Constant(w, "A: number of attention heads.", "int Heads", s.Layers.First.Heads);
        Constant(w, s.Layers.First.AttentionWidth == s.Hidden ? "D = H/A: width of a head." : "D: width of a head.", "int HeadSize", s.Layers.First.HeadSize);
        Constant(w, "F: width between the two feed-forward products.", "int FeedForward", s.Layers.First.FeedForward);
        Constant(w, "V: number of rows of the word table.", "int Vocabulary", s.Embedding.Vocabulary);
        Constant(w, "Longest input in tokens, special tokens included.", "int MaxTokens", s.MaxTokens);
        if (s.Sentence is { } sentence)
        {
            Constant(w, "Length of an embedding.", "int Dimension", sentence.Dimension(s.Hidden));
            Constant(w, "How the hidden states of a text become one vector.", "string Pooling", Literal.String(string.Join("+", sentence.Pooling)));
            Constant(w, "Whether an embedding has length 1.", "bool Normalized", sentence.IsNormalized(s.Hidden) ? "true" : "false");
        }

        Constant(w, "SHA-256 of the packed weights: the file must have this one.", "string ContentHash", Literal.String(context.Request.Manifest.ContentHash));
        Constant(w, "Name of the file of packed weights.", "string WeightsFile", Literal.String(PackedFileCode.NameFor(context.Request)));
    }

    private static void WriteFacts(EmitContext context, CodeWriter w)
    {
        ModelSpec s = context.Spec;
        string dimension = s.Sentence is null ? "0" : "Dimension";
        string pipeline = s.Tokenizer is null ? "" : $"\n    Pipeline = {PipelineEmitter.Factory},";
        string tasks = s.Embedding.TaskTypes == 0 ? "" : FormattableString.Invariant($"\n    TaskTypes = {s.Embedding.TaskTypes},");
        w.Line(FormattableString.Invariant($$"""
            private static readonly global::BertCompiler.ModelFacts _facts = new()
            {
                Name = {{Literal.String(s.Name)}},
                Architecture = {{Literal.String(s.Architecture)}},
                Hidden = Hidden,
                Layers = Layers,
                Heads = Heads,
                Vocabulary = Vocabulary,
                Positions = {{s.Embedding.Positions}},
                TokenTypes = {{s.Embedding.TokenTypes}},{{tasks}}
                MaxTokens = MaxTokens,
                Dimension = {{dimension}},
                ContentHash = ContentHash,{{pipeline}}
            };
            """)).Line();
    }

    /// <summary>A method, not a field: fields of several files have no order in which they are set.</summary>
    private static void WriteHead(EmitContext context, CodeWriter w)
    {
        const string declaration = "private static global::BertCompiler.HeadFacts DescribeHead() => new()";
        string[] lines = [.. HeadLines(context.Spec.Head)];
        if (lines.Length == 0)
        {
            w.Line(declaration + ";").Line();
            return;
        }

        w.Line(declaration);
        w.Line("{");
        foreach (string line in lines) w.Line("    " + line);
        w.Line("};").Line();
    }

    private static IEnumerable<string> HeadLines(HeadSpec head)
    {
        if (head.Labels.Count > 0) yield return "Labels = _labelTexts,";
        if (head.ProblemType is { } problem) yield return $"ProblemType = global::BertCompiler.ProblemType.{problem},";
        if (head.RerankFunction is { } rerank) yield return $"RerankFunction = global::BertCompiler.ScoreFunction.{(rerank == Activation.Identity ? "None" : rerank.ToString())},";
        if (head.Sparse is not { } sparse || sparse == SparseSpec.Default) yield break;
        yield return "Sparse = new()";
        yield return "{";
        yield return $"    Pooling = global::BertCompiler.SparsePooling.{sparse.Pooling},";
        yield return $"    Activation = global::BertCompiler.SparseActivation.{sparse.Activation},";
        if (sparse.MaxActiveDimensions > 0) yield return $"    MaxActiveDimensions = {Literal.Integer(sparse.MaxActiveDimensions)},";
        yield return $"    Similarity = global::BertCompiler.SimilarityFunction.{sparse.Similarity},";
        yield return "},";
    }

    private static void WriteLoad(EmitContext context, CodeWriter w)
    {
        string name = context.Request.ClassName;
        string head = BaseClass.HasHead(context) ? "DescribeHead(), " : context.Plan.Sentence is null ? "" : "DescribeSentence(), ";
        w.Line($$"""
            private {{name}}(global::BertCompiler.EncoderProgram program, global::BertCompiler.LoadOptions? options)
                : base(program, _facts, {{head}}options)
            {
            }

            /// <summary>Maps the weights into memory, the layers' pages in one go; nothing is copied, and the word table is read row by row as texts need it.</summary>
            /// <param name="options">Where the weights lie and how many threads may work; null: beside the program, the process's crew.</param>
            /// <exception cref="global::System.IO.FileNotFoundException">There is no file of weights.</exception>
            /// <exception cref="global::System.IO.InvalidDataException">The file is no packed file, was cut short, or is of another build.</exception>
            public static {{name}} Load(global::BertCompiler.LoadOptions? options = null) => new(new {{EmitContext.ProgramName}}(OpenWeights(options), options), options);
            """).Line();
    }

    private static void WriteProgram(EmitContext context, CodeWriter w)
    {
        w.Summary("What computes the model: from ids to hidden states and from those to results, on the CPU.");
        using (w.Block($"private sealed partial class {EmitContext.ProgramName} : global::BertCompiler.EncoderProgram"))
        {
            w.Line($$"""
                public {{EmitContext.ProgramName}}(global::BertCompiler.Weights.PackedWeights weights, global::BertCompiler.LoadOptions? options)
                    : base(weights, options)
                {
                    weights.Prefetch({{WeightsEmitter.LayersRange(context.Plan)}});
                }
                """);
        }
    }

    private static void Constant(CodeWriter w, string summary, string declaration, int value) => Constant(w, summary, declaration, Literal.Integer(value));

    private static void Constant(CodeWriter w, string summary, string declaration, string value) =>
        w.Line($"/// <summary>{summary}</summary>").Line($"public const {declaration} = {value};").Line();
}
