using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Weights;
using BertCompiler.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BertCompiler.Compiler.Tests.Architecture;

/// <summary>Every block of C# on a page that people read compiles, with the classes that a build would make of the models it names.</summary>
public sealed class SnippetTests
{
    private static readonly string[] Folders = ["", "samples", "src", "generators"];

    private static readonly CSharpParseOptions Latest = new(LanguageVersion.Latest);

    /// <summary>What a snippet may use without saying where it comes from.</summary>
    private static readonly Dictionary<string, string> Given = new(StringComparer.Ordinal)
    {
        ["texts"] = "string[]",
        ["text"] = "string",
        ["destination"] = "float[]",
        ["documents"] = "string[]",
        ["document"] = "string",
        ["question"] = "string",
        ["cancellation"] = "System.Threading.CancellationToken",
        ["model"] = "Shop.MiniLm",
    };

    private static readonly Lazy<SyntaxTree[]> Classes = new(() =>
    [
        .. Model("Shop", "MiniLm", SampleManifests.MiniLm.Spec),
        .. Model("Hello", "MiniLm", SampleManifests.MiniLm.Spec),
        .. Model("News", "Tagger", SampleManifests.MiniLm.Spec with
        {
            Architecture = "BertForTokenClassification",
            HasPooler = false,
            Sentence = null,
            Head = new HeadSpec { Kind = HeadKind.TokenClassification, Labels = new(["O", "B-PER", "I-PER"]) },
        }),
        .. Words("Shop", "Words"),
        .. Words("Shop", "BertWords"),
        CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;", Latest),
    ]);

    public static TheoryData<string, int> Snippets()
    {
        var data = new TheoryData<string, int>();
        foreach (string page in Pages())
        {
            int count = Blocks(page).Length;
            for (int i = 0; i < count; i++) data.Add(page, i);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public void It_compiles(string page, int number)
    {
        string snippet = Blocks(page)[number];
        string[] errors = Errors(snippet);
        Assert.True(errors.Length == 0, $"{page}, block {number + 1}:\n{string.Join('\n', errors)}\n{snippet}");
    }

    [Fact]
    public void The_pages_are_found_and_a_wrong_snippet_is_seen()
    {
        Assert.Contains("README.md", Pages());
        Assert.True(Snippets().Count >= 6);
        Assert.Empty(Errors("using var model = Shop.MiniLm.Load();\nmodel.Embed(texts, destination);"));
        Assert.NotEmpty(Errors("using var model = Shop.MiniLm.Load();\nmodel.Embedd(texts, destination);"));
        Assert.NotEmpty(Errors("int n = unknown;"));
        Assert.NotEmpty(Errors("int n ="));
    }

    private static string[] Pages() =>
    [
        .. Folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SharedData.Repository, folder), "README.md", new EnumerationOptions { RecurseSubdirectories = folder.Length > 0, MaxRecursionDepth = 2 }))
            .Select(file => Path.GetRelativePath(SharedData.Repository, file))
            .Order(StringComparer.Ordinal),
    ];

    private static string[] Blocks(string page) =>
        [.. MarkdownBlocks.Of(File.ReadAllText(Path.Combine(SharedData.Repository, page))).Where(b => b.Key is "csharp" or "cs" or "c#").Select(b => b.Value)];

    private static string[] Errors(string snippet)
    {
        var compilation = CSharpCompilation.Create(
            "Snippet",
            [.. Classes.Value, CSharpSyntaxTree.ParseText(Program(snippet), Latest)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
        return [.. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())];
    }

    /// <summary>A snippet as the body of a method that is given what the snippet uses and does not declare.</summary>
    private static string Program(string snippet)
    {
        CompilationUnitSyntax unit = CSharpSyntaxTree.ParseText(snippet, Latest).GetCompilationUnitRoot();
        SyntaxNode[] nodes = [.. unit.DescendantNodes()];
        HashSet<string> declared =
        [
            .. nodes.OfType<VariableDeclaratorSyntax>().Select(n => n.Identifier.Text),
            .. nodes.OfType<ForEachStatementSyntax>().Select(n => n.Identifier.Text),
            .. nodes.OfType<SingleVariableDesignationSyntax>().Select(n => n.Identifier.Text),
        ];
        HashSet<string> used = [.. nodes.OfType<IdentifierNameSyntax>().Select(n => n.Identifier.Text)];
        string parameters = string.Join(", ", Given.Where(g => used.Contains(g.Key) && !declared.Contains(g.Key)).Select(g => $"{g.Value} {g.Key}"));
        string result = nodes.OfType<AwaitExpressionSyntax>().Any() ? "async Task" : "void";
        return $$"""
            {{string.Concat(unit.Usings.Select(u => u.ToFullString()))}}
            internal static class Snippet
            {
                public static {{result}} Run({{parameters}})
                {
                    {{string.Concat(unit.Members.OfType<GlobalStatementSyntax>().Select(s => s.ToFullString()))}}
                }
            }
            {{string.Concat(unit.Members.Where(m => m is not GlobalStatementSyntax).Select(m => m.ToFullString()))}}
            """;
    }

    private static IEnumerable<SyntaxTree> Model(string space, string name, ModelSpec spec) => Trees(new EmitRequest
    {
        Namespace = space,
        ClassName = name,
        Manifest = SampleManifests.Of(spec),
        Taps = Taps.None,
        Weights = WeightsPlace.File,
    });

    private static IEnumerable<SyntaxTree> Words(string space, string name) => Trees(new TokenizerRequest
    {
        Namespace = space,
        ClassName = name,
        Manifest = new TokenizerManifest { Name = name, Tokenizer = SampleTokenizers.Bert, ContentHash = new string('0', 64), TokenizerBytes = 4096 },
        Weights = WeightsPlace.File,
    });

    private static IEnumerable<SyntaxTree> Trees(SourceRequest request) => CSharpEmitter.Emit(request).Select(f => CSharpSyntaxTree.ParseText(f.Text, Latest));
}
