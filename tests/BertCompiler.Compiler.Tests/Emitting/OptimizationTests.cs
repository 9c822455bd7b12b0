using BertCompiler.Core.Families;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Weights;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Packing;
using BertCompiler.Tool.Verification.Golden;

namespace BertCompiler.Compiler.Tests.Emitting;

/// <summary>The optimised program computes what the unoptimised one does: to the bit, because every pass is exact.</summary>
public sealed class OptimizationTests
{
    [SharedTheory]
    [InlineData("bert_head64_layer1")]
    [InlineData("bert_pretraining_decoder_stored")]
    [InlineData("bert_relkeyquery_mlm")]
    [InlineData("distilbert_seqcls")]
    [InlineData("electra_generator_relu")]
    [InlineData("mpnet_base_long")]
    [InlineData("roberta_seqcls_multi")]
    public void Results_have_the_same_bits(string folder)
    {
        using var temporary = new TemporaryFolder();
        string model = SharedData.Require("golden", "models", folder);
        IReadOnlyDictionary<string, float[]> optimized = Run(model, Optimizations.All, PackingOptions.Default, temporary["all"]);
        var unfolded = PackingOptions.Default with { FoldsScale = false };
        foreach ((Optimizations with, PackingOptions packing) in new[]
        {
            (Optimizations.All & ~Optimizations.ShareMemory, PackingOptions.Default),
            (Optimizations.All & ~Optimizations.FuseNorms, PackingOptions.Default),
            (Optimizations.All, unfolded),
            (Optimizations.None, unfolded),
        })
        {
            IReadOnlyDictionary<string, float[]> plain = Run(model, with, packing, temporary[$"with-{with}-{packing.FoldsScale}"]);
            Assert.Equal(optimized.Keys.Order(StringComparer.Ordinal), plain.Keys.Order(StringComparer.Ordinal));
            foreach ((string name, float[] values) in optimized) Assert.True(values.AsSpan().SequenceEqual(plain[name]), $"{name} differs with {with}, folds: {packing.FoldsScale}");
        }
    }

    private static IReadOnlyDictionary<string, float[]> Run(string folder, Optimizations optimizations, PackingOptions packing, string place)
    {
        using OpenedModel opened = OpenedModel.Open(folder, ImportOptions.Default);
        Assert.True(opened.IsSound);
        Directory.CreateDirectory(place);
        PackingPlan plan = WeightPlanner.Plan(opened.Spec!, Family.Of(opened.Spec!), rule: null, packing);
        string weights = Path.Combine(place, "model.bertw");
        PackResult packed = new Packer(opened.Checkpoint!, opened.Bindings!, progress: null, default).Pack(plan, default, weights);
        var manifest = new Manifest { Spec = opened.Spec!, Weights = plan.Layout, ContentHash = packed.ContentHash, FileBytes = packed.FileBytes, TokenizerBytes = 0, Parameters = 1, SourceDtype = "fp32" };
        string assembly = Path.Combine(place, "model.dll");
        RoslynCompiler.Compile(CSharpEmitter.Emit(ModelRequest.For(manifest, Taps.Hidden) with { Optimizations = optimizations }), "BertCompiler.InMemory", assembly);
        using EncoderModel model = new CachedModel(new ImportResult(manifest, [], []), weights, assembly).Load();
        var batch = new TokenBatch();
        batch.Add([0, 5, 7, 9, 11, 2]);
        batch.Add([0, 3, 2]);
        batch.Add([4]);
        var outputs = new CapturedOutputs();
        model.Run(batch, outputs);
        return outputs.All;
    }
}
