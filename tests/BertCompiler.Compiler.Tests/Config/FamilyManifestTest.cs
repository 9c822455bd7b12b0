using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Families;
using BertCompiler.Core.Request;
using BertCompiler.Core.Weights;
using Microsoft.CodeAnalysis.CSharp;

namespace BertCompiler.Compiler.Tests.Config;

/// <summary>Manifests of every family: they read back as they were written, and spoiled ones are refused, or are models all the same.</summary>
public sealed class FamilyManifestTest
{
    private static readonly string[] Hostile = ["0", "-1", "1", "3", "7", "65536", "2147483647", "99999999999999999999", "NaN", "1e400", "True", "False", "x", ""];

    public static TheoryData<string> Samples => new(SampleFamilies.Names);

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_survives_its_text(string name)
    {
        Manifest manifest = SampleFamilies.Of(name);
        Assert.Equal(manifest, ManifestText.Read(ManifestText.Write(manifest)));
    }

    /// <summary>Whoever adds a family adds a sample of it.</summary>
    [Fact]
    public void Every_family_that_reads_fields_of_its_own_has_a_sample() =>
        Assert.Empty(Family.All.Where(f => f.Read is not null).Select(f => f.ModelType).Except(SampleFamilies.Names));

    /// <summary>The same for each class with nothing but sizes.</summary>
    [Fact]
    public void Every_class_of_every_family_survives_its_text()
    {
        foreach (Family family in Family.All)
        {
            ConfigNames names = family.Config;
            foreach (ArchitectureRule rule in family.Architectures)
            {
                Manifest manifest = SampleFamilies.OfConfig(rule.Architecture, $$"""
                    {
                      "model_type": "{{family.ModelType}}", "architectures": ["{{rule.Architecture}}"], "{{names.Hidden}}": 8, "{{names.Heads}}": 2, "{{names.Layers}}": 3,
                      "{{names.FeedForward}}": 12, "vocab_size": 20, "max_position_embeddings": 10, "pad_token_id": 1
                    }
                    """);
                Assert.Equal(manifest, ManifestText.Read(ManifestText.Write(manifest)));
            }
        }
    }

    /// <summary>Each value of each line, one after the other, is another: that is refused with a reason, or it is a model whose code parses.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void A_spoiled_one_is_refused_or_is_a_model(string name)
    {
        string text = ManifestText.Write(SampleFamilies.Of(name));
        int refused = 0;
        foreach (Range value in Values(text))
        {
            foreach (string other in Hostile)
            {
                string spoiled = text[..value.Start] + other + text[value.End..];
                if (!IsModel(spoiled)) refused++;
            }
        }

        Assert.InRange(refused, 100, int.MaxValue);
    }

    /// <summary>Facts that are in range each, and contradict each other.</summary>
    [Theory]
    [InlineData("eurobert", "key-value-heads=1", "key-value-heads=2", "layer-kind")]
    [InlineData("eurobert", "head-size=12", "head-size=13", "layer-kind")]
    [InlineData("eurobert", "gated=true", "gated=false", "layer-kind")]
    [InlineData("modernbert", "norm-placement=BeforeBlock normalizes-attention-input=false", "normalizes-attention-input=false", "norm-placement")]
    [InlineData("modernbert", "table=RoundedSteps", "table=Stored", "layer-kind")]
    [InlineData("modernbert", "layer-order 0/0 1/1 1/2 2/3", "layer-order 0/0 1/1 1/2 1/3", "layer-order")]
    [InlineData("modernbert", "layer-order 0/0 1/1 1/2 2/3", "layer-order 0/0 1/1 2/1 2/3", "layer-order")]
    [InlineData("modernbert", "layer-order 0/0 1/1 1/2 2/3", "layer-order 0/0 1/1 1/2 3/3", "layer-order")]
    [InlineData("modernbert", "layer-order 0/0 1/1 1/2 2/3", "layer-order 0/0 1/1 1/2", "layer-order")]
    [InlineData("modernbert", "rotary kind=2", "rotary kind=1", "rotary")]
    [InlineData("modernbert", "rotary kind=2", "rotary kind=3", "rotary")]
    [InlineData("modernbert", "token-types 0", "token-types 2", "token-types")]
    [InlineData("albert", "embedding-width 24", "embedding-width 25", "tensor")]
    [InlineData("deberta-v2", "buckets=8", "buckets=9", "layer-kind")]
    [InlineData("deberta-v2", "width=3", "width=4", "layer-kind")]
    [InlineData("deberta-v2", "groups=2", "groups=5", "layer-kind")]
    [InlineData("deberta-v2", "convolution kind=0", "convolution kind=5", "convolution")]
    [InlineData("deberta-v3", "disentangled kind=0", "disentangled kind=4", "disentangled")]
    [InlineData("ernie", "task-types 3", "task-types 4", "tensor")]
    [InlineData("gte", "token-types 0", "token-types 0\ntask-types 2", "task-types")]
    [InlineData("roberta-prelayernorm", "positions 40", "positions 0", "positions")]
    public void A_contradiction_is_refused(string name, string fact, string other, string word)
    {
        string text = ManifestText.Write(SampleFamilies.Of(name));
        Assert.Contains(fact, text, StringComparison.Ordinal);
        var error = Assert.Throws<FormatException>(() => ManifestText.Read(text.Replace(fact, other, StringComparison.Ordinal)));
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    private static bool IsModel(string text)
    {
        try
        {
            Manifest manifest = ManifestText.Read(text);
            Assert.Equal(manifest, ManifestText.Read(ManifestText.Write(manifest)));
        }
        catch (FormatException)
        {
            return false;
        }

        RequestResult result = RequestReader.Read(new ModelInput { File = "x", Text = text, ClassName = "Shop.Words", Taps = "", Weights = "" });
        if (result.Request is not { } request) return false;
        foreach (SourceFile file in CSharpEmitter.Emit(request)) Assert.Empty(CSharpSyntaxTree.ParseText(file.Text).GetDiagnostics());
        return true;
    }

    /// <summary>Where the values stand: after a space or an equals sign, but for lines of weights, which are many and alike.</summary>
    private static IEnumerable<Range> Values(string text)
    {
        int start = 0;
        foreach (string line in text.Split('\n'))
        {
            int from = line.StartsWith('#') || line.StartsWith("tensor", StringComparison.Ordinal) || line.StartsWith("layer-tensor", StringComparison.Ordinal) ? -1 : line.IndexOf(' ', StringComparison.Ordinal);
            while (from >= 0)
            {
                int end = line.IndexOfAny([' ', '='], from + 1);
                yield return (start + from + 1)..(start + (end < 0 ? line.Length : end));
                from = end;
            }

            start += line.Length + 1;
        }
    }
}
