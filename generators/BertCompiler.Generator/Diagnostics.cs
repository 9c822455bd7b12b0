using System.Collections.Immutable;
using BertCompiler.Core.Problems;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BertCompiler.Generator;

/// <summary>A problem as the compiler's diagnostic.</summary>
public static class Diagnostics
{
    /// <summary>What the generator can report: ids, titles and severities. <see cref="Create"/> adds the help link, which depends on where the package lies.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Descriptors =>
        [ManifestUnreadable, ClassNameInvalid, ClassNameTaken, OptionUnknown, RuntimeMismatch, RuntimeMissing, TextNotTaken];

    /// <summary>The diagnostic of a problem.</summary>
    /// <param name="problem">The problem; its kind is one of <see cref="Descriptors"/>.</param>
    /// <param name="helpFolder">Where the pages are: a folder, or the beginning of a web address.</param>
    public static Diagnostic Create(Problem problem, string helpFolder)
    {
        Location location = problem.File.Length == 0 ? Location.None : Location.Create(problem.File, default, Span(problem));
        return Diagnostic.Create(WithHelp(Descriptors.Single(d => d.Id == problem.Kind.Id), helpFolder), location, problem.Message);
    }

    private static LinePositionSpan Span(Problem problem)
    {
        var start = new LinePosition(Math.Max(problem.Line - 1, 0), Math.Max(problem.Column - 1, 0));
        return new LinePositionSpan(start, start);
    }

    private static DiagnosticDescriptor WithHelp(DiagnosticDescriptor plain, string helpFolder) =>
        new(plain.Id, plain.Title, plain.MessageFormat, plain.Category, plain.DefaultSeverity, plain.IsEnabledByDefault, helpLinkUri: HelpLinks.Of(helpFolder, plain.Id));

    private static readonly DiagnosticDescriptor ManifestUnreadable = new("BERT2001", "The imported model cannot be read", "{0}", "BertCompiler.Code", DiagnosticSeverity.Error, true);
    private static readonly DiagnosticDescriptor ClassNameInvalid = new("BERT2002", "The class name cannot be used", "{0}", "BertCompiler.Code", DiagnosticSeverity.Error, true);
    private static readonly DiagnosticDescriptor ClassNameTaken = new("BERT2003", "Two models have one class name", "{0}", "BertCompiler.Code", DiagnosticSeverity.Error, true);
    private static readonly DiagnosticDescriptor OptionUnknown = new("BERT2004", "A model's option is not known", "{0}", "BertCompiler.Code", DiagnosticSeverity.Error, true);
    private static readonly DiagnosticDescriptor RuntimeMismatch = new("BERT2005", "Generated code and the runtime are of different versions", "{0}", "BertCompiler.Code", DiagnosticSeverity.Error, true);
    private static readonly DiagnosticDescriptor RuntimeMissing = new("BERT2006", "The project does not reference the runtime", "{0}", "BertCompiler.Code", DiagnosticSeverity.Error, true);
    private static readonly DiagnosticDescriptor TextNotTaken = new("BERT2007", "A sentence encoder has no tokenizer", "{0}", "BertCompiler.Code", DiagnosticSeverity.Warning, true);
}
