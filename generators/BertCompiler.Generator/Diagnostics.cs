using BertCompiler.Core.Problems;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BertCompiler.Generator;

/// <summary>A problem as the compiler's diagnostic. The descriptor's help link names the page in <c>generators/diagnostics</c>.</summary>
internal static class Diagnostics
{
    public static Diagnostic Create(Problem problem)
    {
        Location location = problem.File.Length == 0 ? Location.None : Location.Create(problem.File, default, Span(problem));
        return Diagnostic.Create(DescriptorOf(problem), location, problem.Message);
    }

    private static LinePositionSpan Span(Problem problem)
    {
        var start = new LinePosition(Math.Max(problem.Line - 1, 0), Math.Max(problem.Column - 1, 0));
        return new LinePositionSpan(start, start);
    }

    private static DiagnosticDescriptor DescriptorOf(Problem problem) =>
        (problem.Kind.Id switch
        {
            "BERT2001" => ManifestUnreadable,
            "BERT2002" => ClassNameInvalid,
            "BERT2003" => ClassNameTaken,
            _ => OptionUnknown,
        });

    private static readonly DiagnosticDescriptor ManifestUnreadable = new("BERT2001", "The imported model cannot be read", "{0}", "BertCompiler.Code", DiagnosticSeverity.Error, true);
    private static readonly DiagnosticDescriptor ClassNameInvalid = new("BERT2002", "The class name cannot be used", "{0}", "BertCompiler.Code", DiagnosticSeverity.Error, true);
    private static readonly DiagnosticDescriptor ClassNameTaken = new("BERT2003", "Two models have one class name", "{0}", "BertCompiler.Code", DiagnosticSeverity.Error, true);
    private static readonly DiagnosticDescriptor OptionUnknown = new("BERT2004", "A model's option is not known", "{0}", "BertCompiler.Code", DiagnosticSeverity.Error, true);
}
