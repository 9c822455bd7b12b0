using System.Text;
using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Request;
using BertCompiler.Core.Weights;
using Microsoft.CodeAnalysis.CSharp;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>The manifest, which a build could find spoiled: what is read of a model or a tokenizer survives its text, and becomes C# that parses.</summary>
internal sealed class ManifestTarget : IFuzzTarget
{
    private static readonly string[] Lines =
    [
        "\nnormalize Replace pattern=text:a content=b\n", "\nnormalize Replace pattern=sets:Letter+Digit;\\u007c;not;1;any|None;x;;2;3 content=\n", "\nnormalize Precompiled map=2\n", "\nnormalize Prepend prefix=\\u2028\\u000a\n",
        "\nsplit Metaspace replacement=\\u0027 prepend=First split=true\n", "\nsplit Split pattern=text:\\u0022 behavior=Removed invert=true\n", "\ndecode Strip character=\\\\ atStart=1 atEnd=2\n", "\ndecode Bpe suffix=</w>\n",
        "\nkind model\n", "\narchitecture BertForQuestionAnswering\n", "\nfamily distilbert\n", "\nlabel \\u2028*/\n", "\nprompt \\\\\n", "\nmodule dense 48 40 bias Relu None\n", "\nhead MultipleChoice\n", "\ntokenizer-template */ $A // \"\n", "\nrotary kind=0 base=10000 pairing=RotaryHalves table=RoundedSteps\n", "\ndisentangled kind=0 content-to-position=true span=8 buckets=8 max-distance=40\n", "\nconvolution kind=0 width=3 groups=2 activation=Tanh\n",
        "\nlayer-order 0/0 0/0 0/1 0/1\n", "\nlayer-sets-in-group 2\n", "\nfinal-norm RmsNorm\n", "\nfamily modernbert\n", "\nfamily deberta-v2\n", "\narchitecture AlbertModel\n", " window=4", " key-value-heads=1", " gated=true",
        "\\\\", "\\u", " ", "\n", "=", "\r",
    ];

    public string Name => "manifest";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[] { SampleTokenizers.Bert, SampleTokenizers.Roberta, SampleTokenizers.XlmRoberta, SampleTokenizers.Plain, SampleTokenizers.Everything }
            .Select(t => Encoding.UTF8.GetBytes(TokenizerManifestText.Write(SampleTokenizers.Of(t)))),
        .. new[] { SampleManifests.AllModules, SampleManifests.Classifier, SampleManifests.PreTraining, SampleManifests.MPNet, SampleManifests.Electra }.Select(m => Encoding.UTF8.GetBytes(ManifestText.Write(m))),
        .. SampleFamilies.Names.Select(name => Encoding.UTF8.GetBytes(ManifestText.Write(SampleFamilies.Of(name)))),
    ];

    public IReadOnlyList<byte[]> Words { get; } = [.. Lines.Select(Encoding.UTF8.GetBytes)];

    public void Run(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        TokenizerManifest manifest;
        try
        {
            manifest = TokenizerManifestText.Read(text);
        }
        catch (FormatException)
        {
            ReadModel(text);
            return;
        }

        Assert.Equal(manifest, TokenizerManifestText.Read(TokenizerManifestText.Write(manifest)));
        Emit(Request(text)!);
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private static void ReadModel(string text)
    {
        Manifest manifest;
        try
        {
            manifest = ManifestText.Read(text);
        }
        catch (FormatException)
        {
            // Refused, and said why; the compiler must hear of it in the same way.
            Assert.Null(Request(text));
            return;
        }

        Assert.Equal(manifest, ManifestText.Read(ManifestText.Write(manifest)));
        if (Request(text) is { } request) Emit(request);
    }

    private static SourceRequest? Request(string text) => RequestReader.Read(new ModelInput { File = "x", Text = text, ClassName = "Shop.Words", Taps = "", Weights = "" }).Request;

    private static void Emit(SourceRequest request)
    {
        foreach (SourceFile file in CSharpEmitter.Emit(request)) Assert.Empty(CSharpSyntaxTree.ParseText(file.Text).GetDiagnostics());
    }
}
