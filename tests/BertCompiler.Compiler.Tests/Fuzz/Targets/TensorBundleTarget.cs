using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Compiler.Tests.Importing.TensorBundle;
using BertCompiler.Tool.Importers.TensorBundle;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>The index of a TensorFlow checkpoint. The numbers beside it are zeros, and their checksums are not looked at.</summary>
internal sealed class TensorBundleTarget : CheckpointTarget
{
    private const int DataBytes = 1 << 20;

    public TensorBundleTarget() : base("tensorflow", new TensorBundleFormat(), "bert_model.ckpt.index", MakeSeeds())
    {
        File.WriteAllBytes(Path.Combine(Folder, "bert_model.ckpt.data-00000-of-00001"), new byte[DataBytes]);
        for (int i = 0; i < 2; i++) File.WriteAllBytes(Path.Combine(Folder, $"bert_model.ckpt.data-0000{i}-of-00002"), new byte[DataBytes]);
        File.WriteAllText(Path.Combine(Folder, "bert_config.json"), new TinyModel(4, 2, 1, 4).Config);
    }

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        "bert/encoder/layer_0/attention/self/query/kernel"u8.ToArray(), "bert/embeddings/word_embeddings"u8.ToArray(), "/adam_m"u8.ToArray(), "global_step"u8.ToArray(), "output_weights"u8.ToArray(),
        "bert/encoder/layer_99999999999/"u8.ToArray(), "cls/predictions/output_bias"u8.ToArray(), [0x08, 0x13], [0x12, 0x00], [0x2a, 0x0b, 0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    ];

    public override IFuzzGrammar Grammar => BundleGrammar.Instance;

    public override int BoundedRuns => 4000;

    protected override bool ReadsNumbers => false;

    public override byte[] Repair(byte[] input) => BundleGrammar.FixChecksums(input);

    private static IEnumerable<byte[]> MakeSeeds()
    {
        var model = new TinyModel(4, 2, 1, 4);
        BundleWriter two = new(shards: 2) { Compresses = true };
        two.Add("bert/embeddings/word_embeddings", [2, 2], [1, 2, 3, 4], shard: 1);
        two.Add("bert/pooler/dense/kernel", [2, 3], [1, 2, 3, 4, 5, 6]);
        two.Add("global_step", 9, [], new byte[8]);
        two.Add("half", 19, [0, 3], []);
        return [BundleWriter.Of(model).Index(), two.Index(), .. GoldenSeeds.Find("models", "fmt_pt_tf1", "*.index"), .. GoldenSeeds.Find("hostile", "tf_", "*.index")];
    }
}
