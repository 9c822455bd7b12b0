using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Weights;
using BertCompiler.Testing;

namespace BertCompiler.Compiler.Tests.Emitting;

public sealed class EmittedCodeTests
{
    public static TheoryData<string> Models => ["MiniLm", "TwoPoolings", "AllModules", "Classifier", "PreTraining", "MiniLmTapped", "MPNet", "Electra"];

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
