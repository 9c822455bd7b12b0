using System.Text.RegularExpressions;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Compiler.Tests.Planning;
using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Weights;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Compiler.Tests.Emitting;

public sealed partial class EmittedCodeTests
{
    public static TheoryData<string> Models => ["MiniLm", "TwoPoolings", "AllModules", "Classifier", "PreTraining", "MiniLmTapped", "MPNet", "Electra", "Albert", "DebertaV2", "ModernBert"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Text_is_the_committed_one(string model)
    {
        string folder = Path.Combine(SharedData.Repository, "tests", "BertCompiler.Compiler.Tests", "Emitting", "Snapshots", model);
        foreach (SourceFile file in CSharpEmitter.Emit(RequestFor(model)))
        {
            Snapshot.Verify(Path.Combine(folder, Path.GetFileNameWithoutExtension(file.Name)), "cs", file.Text);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Same_request_gives_the_same_bytes(string model) => Assert.Equal(CSharpEmitter.Emit(RequestFor(model)), CSharpEmitter.Emit(RequestFor(model)));

    [Theory]
    [MemberData(nameof(Models))]
    public void Lines_end_in_line_feeds_and_have_no_trailing_blanks(string model)
    {
        foreach (SourceFile file in CSharpEmitter.Emit(RequestFor(model)))
        {
            Assert.DoesNotContain('\r', file.Text);
            Assert.DoesNotContain(" \n", file.Text, StringComparison.Ordinal);
            Assert.EndsWith("}\n", file.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>C# lets no class be called like its own member, so each member's name is refused as a name for the class.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void No_class_can_be_called_like_one_of_its_members(string model)
    {
        // The constructor, and the symbol of linked weights, which holds the class's name and more: neither can clash.
        string[] members = [.. CSharpEmitter.Emit(RequestFor(model)).SelectMany(f => MemberName().Matches(f.Text)).Select(m => m.Groups[1].Value + m.Groups[2].Value).Where(name => !name.EndsWith("MiniLm", StringComparison.Ordinal)).Distinct()];
        Assert.Empty(((string[])["Load", "OpenWeights", "At", "CpuProgram", "Hidden"]).Except(members));
        Assert.All(members, member => Assert.NotNull(ClassNames.Problem("Shop." + member)));
    }

    [Theory]
    [InlineData("InLayer")]
    [InlineData("InLocalLayer")]
    [InlineData("InEncoderLayer2")]
    public void No_class_can_be_called_like_the_offsets_of_a_kind_of_layer(string name) => Assert.NotNull(ClassNames.Problem("Shop." + name));

    /// <summary>The methods of its program are members of another class: a model may be called like them.</summary>
    [Theory]
    [InlineData("EncoderLayer")]
    [InlineData("ScoreDecoder")]
    [InlineData("TokenStates")]
    [InlineData("Matrix")]
    public void A_class_can_be_called_like_a_step_of_its_program(string name)
    {
        Assert.Null(ClassNames.Problem("Shop." + name));
        using var temporary = new TemporaryFolder();
        RoslynCompiler.Compile(CSharpEmitter.Emit(RequestFor("PreTraining") with { ClassName = name }), "BertCompiler.InMemory", temporary["model.dll"]);
    }

    public static TheoryData<string> Plans => [.. SamplePlans.All];

    /// <summary>Layers of several kinds, shared weights, gates, windows: what no snapshot shows compiles too.</summary>
    [Theory]
    [MemberData(nameof(Plans))]
    public void Every_shape_of_layers_is_a_program_that_compiles(string plan)
    {
        ModelSpec spec = SamplePlans.Spec(plan);
        Manifest manifest = SampleManifests.MiniLm with { Spec = spec, Weights = SamplePlans.Weights(spec) };
        using var temporary = new TemporaryFolder();
        RoslynCompiler.Compile(CSharpEmitter.Emit(RequestFor("MiniLmTapped") with { Manifest = manifest }), "BertCompiler.InMemory", temporary["model.dll"]);
    }

    [GeneratedRegex(@"^    (?:private|protected|public|partial)[^=;(\n]* (?:(?:class|const \w+) (\w+)|(\w+)\()", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex MemberName();

    [Fact]
    public void A_model_without_taps_carries_no_code_for_them()
    {
        string plain = string.Concat(CSharpEmitter.Emit(RequestFor("MiniLm")).Select(f => f.Text));
        string tapped = string.Concat(CSharpEmitter.Emit(RequestFor("MiniLmTapped")).Select(f => f.Text));
        Assert.Contains("hidden_states.", tapped, StringComparison.Ordinal);
        Assert.Contains("ApplyWithProbabilities", tapped, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden_states", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("ApplyWithProbabilities", plain, StringComparison.Ordinal);
    }

    /// <summary>Ranking is a method of the models that can: those with one label, which need no enum of it.</summary>
    [Theory]
    [InlineData(1, ": global::BertCompiler.CrossEncoder\n", false)]
    [InlineData(2, ": global::BertCompiler.SequenceClassifier<", true)]
    public void A_classifier_of_one_label_ranks_and_others_do_not(int labels, string baseClass, bool hasEnum)
    {
        ModelSpec spec = SampleManifests.Classifier.Spec;
        Manifest manifest = SampleManifests.Of(spec with { Head = spec.Head with { Labels = new(spec.Head.Labels.Take(labels)) } });
        string text = string.Concat(CSharpEmitter.Emit(RequestFor("Classifier") with { Manifest = manifest }).Select(f => f.Text));
        Assert.Contains(baseClass, text, StringComparison.Ordinal);
        Assert.Equal(hasEnum, text.Contains("enum Label", StringComparison.Ordinal));
        Assert.Contains("LabelTexts", text, StringComparison.Ordinal);
    }

    internal static EmitRequest RequestFor(string model)
    {
        Manifest manifest = model switch
        {
            "TwoPoolings" => SampleManifests.TwoPoolings,
            "AllModules" => SampleManifests.AllModules,
            "Classifier" => SampleManifests.Classifier,
            "PreTraining" => SampleManifests.PreTraining,
            "MPNet" => SampleManifests.MPNet,
            "Electra" => SampleManifests.Electra,
            "Albert" => SampleManifests.Albert,
            "DebertaV2" => SampleManifests.DebertaV2,
            "ModernBert" => SampleFamilies.ModernBert,
            _ => SampleManifests.MiniLm,
        };
        return new EmitRequest
        {
            Namespace = "Shop",
            ClassName = "MiniLm",
            Manifest = manifest,
            Taps = model == "MiniLmTapped" ? Taps.Hidden | Taps.Attention : Taps.None,
            Weights = model == "TwoPoolings" ? WeightsPlace.Embedded : WeightsPlace.File,
        };
    }
}
