using BertCompiler.Core;
using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Spec;
using BertCompiler.Testing;

namespace BertCompiler.Compiler.Tests.Emitting;

/// <summary>The class of a tokenizer alone, and the steps that it has in common with those of models.</summary>
public sealed class TokenizerCodeTests
{
    public static TheoryData<string> Tokenizers => ["Bert", "Roberta", "XlmRoberta", "Plain", "Everything"];

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Text_is_the_committed_one(string tokenizer)
    {
        string folder = Path.Combine(SharedData.Repository, "tests", "BertCompiler.Compiler.Tests", "Emitting", "Snapshots", "Tokenizer" + tokenizer);
        foreach (SourceFile file in Emit(tokenizer)) Snapshot.Verify(Path.Combine(folder, Path.GetFileNameWithoutExtension(file.Name)), "cs", file.Text);
    }

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Lines_end_in_line_feeds_and_have_no_trailing_blanks(string tokenizer)
    {
        foreach (SourceFile file in Emit(tokenizer))
        {
            Assert.DoesNotContain('\r', file.Text);
            Assert.DoesNotContain(" \n", file.Text, StringComparison.Ordinal);
            Assert.EndsWith("}\n", file.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_is_written_that_a_tokenizer_does_not_do()
    {
        string plain = Emit("Plain").Single(f => f.Name.EndsWith(".Tokenizer.g.cs", StringComparison.Ordinal)).Text;
        Assert.DoesNotContain("override", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("new tk.TextPattern", plain, StringComparison.Ordinal);
        Assert.Contains("new tk.WordLevelModel(tables)", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_and_its_tokenizer_alone_have_the_same_steps()
    {
        string model = CSharpEmitter.Emit(EmittedCodeTests.RequestFor("MiniLm")).Single(f => f.Name == "MiniLm.Tokenizer.g.cs").Text;
        string alone = Emit("Bert").Single(f => f.Name == "Words.Tokenizer.g.cs").Text;
        Assert.Equal(Pipeline(alone), Pipeline(model));
        Assert.Contains("text.Lowercase();", Pipeline(alone), StringComparison.Ordinal);

        static string Pipeline(string text) => text[text.IndexOf("class TextPipeline", StringComparison.Ordinal)..];
    }

    internal static TokenizerRequest RequestFor(string tokenizer, WeightsPlace weights = WeightsPlace.File) => new()
    {
        Namespace = "Shop",
        ClassName = "Words",
        Manifest = SampleTokenizers.Of(SpecOf(tokenizer)),
        Weights = weights,
    };

    internal static TokenizerSpec SpecOf(string tokenizer) => (TokenizerSpec)typeof(SampleTokenizers).GetProperty(tokenizer)!.GetValue(null)!;

    private static EquatableArray<SourceFile> Emit(string tokenizer) => CSharpEmitter.Emit(RequestFor(tokenizer, tokenizer == "Roberta" ? WeightsPlace.Embedded : WeightsPlace.File));
}
