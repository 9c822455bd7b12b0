using System.Globalization;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Spec.Steps;

namespace BertCompiler.Core.Emit.Tokenizers;

/// <summary>
/// <c>X.Tokenizer.g.cs</c>: the steps of a tokenizer as calls, one line each. Nothing is written that this tokenizer does not do, so what it
/// does not use of the runtime is cut off when the program is trimmed.
/// </summary>
internal static class PipelineEmitter
{
    /// <summary>What makes the pipeline of an opened file, for the runtime.</summary>
    public const string Factory = "static tables => new TextPipeline(tables)";

    /// <summary>The file of a model's class.</summary>
    public static SourceFile File(EmitRequest request) => File(request, request.Manifest.Spec.Name, request.Manifest.Spec.Tokenizer!, w =>
    {
        w.Line($"""
            /// <summary>Opens the tokenizer alone: of the packed file only the pages of the vocabulary are read, and no weight. Dispose of it when it is no longer needed.</summary>
            /// <param name="options">Where the file lies; null: beside the program.</param>
            /// <exception cref="global::System.IO.FileNotFoundException">There is no such file.</exception>
            /// <exception cref="global::System.IO.InvalidDataException">The file is no packed file, was cut short, or is of another build.</exception>
            public static tk.Tokenizer LoadTokenizer(global::BertCompiler.LoadOptions? options = null) =>
                tk.Tokenizer.Open(OpenWeights(options), {Factory});
            """).Line();
    });

    /// <summary>The second file of the class of a tokenizer alone.</summary>
    public static SourceFile File(TokenizerRequest request) => File(request, request.Manifest.Name, request.Manifest.Tokenizer, _ => { });

    /// <summary>The frame that files with a tokenizer share.</summary>
    public static SourceFile Frame(SourceRequest request, string concern, string name, Action<CodeWriter> write) => SourceFrame.File(
        request,
        concern,
        $"""
            {Literal.Documentation(name)}, compiled by BertCompiler: its tokenizer. The steps are ordinary C# in BertCompiler.Runtime/Tokenization (tk.*); vocabulary
            and tables are used where they lie in the packed file.
            """,
        new("tk", "BertCompiler.Tokenization"),
        "since it stands in every line",
        write);

    private static SourceFile File(SourceRequest request, string name, TokenizerSpec tokenizer, Action<CodeWriter> writeBefore) => Frame(request, ".Tokenizer", name, w =>
    {
        using (w.Block("partial class " + request.ClassName))
        {
            writeBefore(w);
            w.Summary(TokenizerWords.Summary(tokenizer));
            w.Line("/// <remarks>").Paragraph(TokenizerWords.Template(tokenizer));
            w.Paragraph("Added tokens, such as those of the template, are found in the text before anything else is done to it.").Line("/// </remarks>");
            using (w.Block($"private sealed class TextPipeline(tk.TokenizerTables tables) : tk.TokenizerPipeline(tables, new tk.{tokenizer.Model}Model(tables))"))
            {
                WriteBody(w, tokenizer);
            }
        }
    });

    private static void WriteBody(CodeWriter w, TokenizerSpec t)
    {
        var fields = new StepFields(t);
        bool first = true;
        foreach (Action write in Members(w, t, fields))
        {
            if (!first) w.Line();
            first = false;
            write();
        }
    }

    private static IEnumerable<Action> Members(CodeWriter w, TokenizerSpec t, StepFields fields)
    {
        if (fields.Any) yield return () => fields.Write(w);
        if (TokenizerWords.Pause(t.Pause) is { } pause) yield return () => w.Summary(pause).Line($"protected override tk.TextPause Pause => tk.TextPause.{t.Pause};");
        if (t.NeedsPlaces) yield return () => w.Summary("A step asks whether a piece stands at the beginning of the text.").Line("protected override bool NeedsPlaces => true;");
        if (t.Normalizers.Count > 0) yield return () => WriteSteps(w, "The normal form of a text.", "Normalize(tk.NormalizedText text)", "text", t.Normalizers, 1, StepWords.Normalizer, fields);
        if (t.PreTokenizers.Count > 0) yield return () => WriteSteps(w, "From the normal form to words; the model cuts them.", "Split(tk.SplitText text)", "text", t.PreTokenizers, t.Normalizers.Count + 1, StepWords.Splitter, fields);
        if (t.Decoders.Count > 0) yield return () => WriteSteps(w, "Back from the texts of tokens to one text.", "Decode(tk.TokenTexts tokens)", "tokens", t.Decoders, 1, StepWords.Decoder, fields);
    }

    private static void WriteSteps(
        CodeWriter w, string summary, string signature, string target, EquatableArray<TokenizerStep> steps, int number, Func<TokenizerStep, string> words, StepFields fields)
    {
        w.Summary(summary);
        using (w.Block("protected override void " + signature))
        {
            foreach (TokenizerStep step in steps)
            {
                string arguments = string.Join(", ", step.Arguments.Select(a => Argument(a, fields)));
                w.Line(FormattableString.Invariant($"{target}.{step.Name}({arguments}); // {number++}. {words(step)}"));
            }
        }
    }

    private static string Argument(StepArgument argument, StepFields fields) => argument switch
    {
        FlagArgument a => $"{a.Name}: {(a.Value ? "true" : "false")}",
        NumberArgument a => $"{a.Name}: {a.Value.ToString(CultureInfo.InvariantCulture)}",
        CharacterArgument a => Literal.Character(a.Value),
        TextArgument a => Literal.String(a.Value),
        ChoiceArgument a => $"tk.{a.Type}.{a.Value}",
        PatternArgument a => fields.NameOf(a),
        MapArgument a => StepFields.NameOf(a),
        _ => throw new ArgumentException($"no code for {argument.GetType().Name}", nameof(argument)),
    };
}
