using BertCompiler.Core;
using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Request;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Core.Weights;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.CodeAnalysis.CSharp;

namespace BertCompiler.Compiler.Tests.Config;

/// <summary>What holds for every text that a manifest can hold: names, labels, prompts, templates and the arguments of steps.</summary>
public sealed class ManifestPropertyTest
{
    private static readonly string[] Fragments =
    [
        "\r", "\n", "\r\n", "\u0085", "\u2028", "\u2029", "\0", "\v", "\f", "\u001a", "\u007f", "\u009f", "\ud800", "\udc00", "\U0001F600", "\ufeff", "\uffff", "\\", "\\\\", "\\u000a", "\\u", "\\n",
        "\"", "'", "\"\"\"", "{", "}", "$A", ":1", " ", "  ", "\t", "|", ";", "=", "+", ",", "#", "*/", "//", "text:", "sets:", "kind model", "é", "a", "label x", "[SEP]",
    ];

    /// <summary>A text, twelve of them in a manifest.</summary>
    public sealed record Texts(string[] Values)
    {
        public string this[int index] => Values[index];

        /// <summary>The text, or something where it is empty.</summary>
        public string NotEmpty(int index) => Values[index].Length > 0 ? Values[index] : "x";
    }

    public static class Generators
    {
        public static Arbitrary<Texts> Manifests()
        {
            Gen<string> assembled = Gen.Elements(Fragments).ArrayOf().Select(string.Concat);
            Gen<string> any = ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "");
            return Gen.OneOf(assembled, any).ArrayOf(12).Select(values => new Texts(values)).ToArbitrary();
        }
    }

    [Property(Arbitrary = [typeof(Generators)], MaxTest = 1000)]
    public void A_tokenizer_reads_back_as_it_was_written(Texts texts)
    {
        TokenizerManifest manifest = SampleTokenizers.Of(Tokenizer(texts), texts[0]);
        string text = TokenizerManifestText.Write(manifest);
        HasOneFactALine(text);
        Assert.Equal(manifest, TokenizerManifestText.Read(text));
    }

    [Property(Arbitrary = [typeof(Generators)], MaxTest = 1000)]
    public void A_model_reads_back_as_it_was_written(Texts texts)
    {
        foreach (Manifest manifest in Models(texts))
        {
            string text = ManifestText.Write(manifest);
            HasOneFactALine(text);
            Assert.Equal(manifest, ManifestText.Read(text));
        }
    }

    [Property(Arbitrary = [typeof(Generators)], MaxTest = 100)]
    public void What_is_read_back_becomes_code_that_parses(Texts texts)
    {
        Parses(TokenizerManifestText.Write(SampleTokenizers.Of(Tokenizer(texts), texts[0])));
        foreach (Manifest manifest in Models(texts)) Parses(ManifestText.Write(manifest));
    }

    private static TokenizerSpec Tokenizer(Texts texts) => new()
    {
        Model = TokenizerModel.Bpe,
        Count = 10,
        LowerCase = false,
        SpecialTokens = 1,
        UnknownToken = texts[1],
        ContinuationPrefix = texts[2],
        WordSuffix = texts[3],
        Template = texts[4],
        PairTemplate = texts[5],
        Normalizers = new([NormalizerSteps.Prepend(texts[6]), NormalizerSteps.Replace(new("pattern", texts.NotEmpty(7), default), texts[8])]),
        PreTokenizers = new([.. Characters(texts[9]).Select(c => SplitterSteps.Metaspace(c, "Always", split: true)), .. Sets(texts[10])]),
        Decoders = new([DecoderSteps.Replace(texts.NotEmpty(11), texts[0]), DecoderSteps.WordPiece(texts[1], cleanUp: true), DecoderSteps.Bpe(texts.NotEmpty(2))]),
    };

    private static IEnumerable<Manifest> Models(Texts texts)
    {
        TokenizerSpec tokenizer = Tokenizer(texts);
        yield return Of(SampleManifests.Classifier, s => s with { Name = texts[0], Head = s.Head with { Labels = new(texts.Values) }, Tokenizer = tokenizer });
        string[] names = [.. texts.Values.Distinct(StringComparer.Ordinal)];
        yield return Of(SampleManifests.AllModules, s => s with
        {
            Name = texts[0],
            Sentence = s.Sentence! with { Prompts = new(names.Select((n, i) => new PromptSpec(n, texts[i]))), DefaultPrompt = names[^1] },
            Tokenizer = tokenizer,
        });
    }

    private static Manifest Of(Manifest manifest, Func<ModelSpec, ModelSpec> change) => SampleManifests.Of(change(manifest.Spec)) with { SourceDtype = "fp16+fp32" };

    private static IEnumerable<char> Characters(string text) => text.Where(c => !char.IsSurrogate(c)).Take(3);

    private static IEnumerable<TokenizerStep> Sets(string text)
    {
        string characters = string.Concat(text.Where(c => !char.IsSurrogate(c)).Take(SetRun.MostCharacters));
        if (characters.Length > 0) yield return SplitterSteps.Split(new("pattern", "", new([new SetRun(PatternSets.Letter, characters, Negated: true, 1, 2)])), "Isolated", invert: false);
    }

    /// <summary>Whoever reads the file, an editor or a tool of a version control system, sees the same lines, in well-formed Unicode.</summary>
    private static void HasOneFactALine(string text) =>
        Assert.DoesNotContain(text, c => c != '\n' && (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029'));

    private static void Parses(string manifest)
    {
        RequestResult result = RequestReader.Read(new ModelInput { File = "x", Text = manifest, ClassName = "Shop.Words", Taps = "", Weights = "" });
        Assert.Null(result.Problem);
        foreach (SourceFile file in CSharpEmitter.Emit(result.Request!)) Assert.Empty(CSharpSyntaxTree.ParseText(file.Text).GetDiagnostics());
    }
}
