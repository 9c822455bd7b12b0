using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Emit.Tokenizers;

/// <summary><c>X.g.cs</c> of a tokenizer alone: what it is, its facts as constants, how it is loaded.</summary>
internal static class TokenizerClassEmitter
{
    public static SourceFile File(TokenizerRequest request) => PipelineEmitter.Frame(request, "", request.Manifest.Name, w => Write(request, w));

    private static void Write(TokenizerRequest request, CodeWriter w)
    {
        TokenizerSpec t = request.Manifest.Tokenizer;
        w.Summary($"{Literal.Documentation(request.Manifest.Name)}: a tokenizer of {Literal.Grouped(t.Count)} tokens. {TokenizerWords.Summary(t)}");
        w.Line("/// <remarks>").Paragraph(TokenizerWords.Template(t));
        w.Paragraph("What Load gives is safe for several threads at once. Dispose of it at any time: running calls end well, and the last one out unmaps the packed file.").Line("/// </remarks>");
        using (w.Block($"{request.AccessWord} static partial class {request.ClassName}"))
        {
            Constant(w, "V: one more than the greatest id.", "int VocabularySize", Literal.Integer(t.Count));
            Constant(w, "Tokens that go round one text.", "int SpecialTokens", Literal.Integer(t.SpecialTokens));
            if (t.UnknownToken.Length > 0) Constant(w, "The token for what the vocabulary cannot spell.", "string UnknownToken", Literal.String(t.UnknownToken));
            Constant(w, "SHA-256 of the packed file behind its header: the file must have this one.", "string ContentHash", Literal.String(request.Manifest.ContentHash));
            Constant(w, "Name of the packed file.", "string PackedFile", Literal.String(PackedFileCode.NameFor(request)));
            w.Line($"""
                /// <summary>Maps the packed file into memory; nothing is copied, no dictionary is built, and pages are read as texts need them.</summary>
                /// <param name="options">Where the file lies; null: beside the program.</param>
                /// <exception cref="global::System.IO.FileNotFoundException">There is no such file.</exception>
                /// <exception cref="global::System.IO.InvalidDataException">The file is no packed file, was cut short, or is of another build.</exception>
                public static tk.Tokenizer Load(global::BertCompiler.LoadOptions? options = null) =>
                    tk.Tokenizer.Open(OpenPacked(options), {PipelineEmitter.Factory});
                """).Line();
            PackedFileCode.WriteOpen(w, request, "OpenPacked", "PackedFile", request.Manifest.FileBytes);
        }
    }

    private static void Constant(CodeWriter w, string summary, string declaration, string value) => w.Summary(summary).Line($"public const {declaration} = {value};").Line();
}
