using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Compiler.Tests.Importing.Pickle;
using BertCompiler.Tool.Importers.Pickle;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>A PyTorch file: archives and pickles one behind the other, transformers' and fairseq's.</summary>
internal sealed class PyTorchTarget() : CheckpointTarget("pytorch", new PyTorchFormat(), "pytorch_model.bin", MakeSeeds())
{
    public override IReadOnlyList<byte[]> Words { get; } =
    [
        "ccollections\nOrderedDict\n)R"u8.ToArray(), [.. "cargparse\nNamespace\n)"u8, 0x81], "ctorch._utils\n_rebuild_tensor_v2\n"u8.ToArray(), "ctorch._utils\n_rebuild_tensor_v3\n"u8.ToArray(), "ctorch._utils\n_rebuild_parameter\n"u8.ToArray(),
        "ctorch._tensor\n_rebuild_from_type_v2\n"u8.ToArray(), "ctorch\nUntypedStorage\n"u8.ToArray(), "ctorch\nDoubleStorage\n"u8.ToArray(), "ctorch\nfloat16\n"u8.ToArray(), "cos\nsystem\n"u8.ToArray(),
        [0x8a, 8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], [0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1], [0x8b, 0xff, 0xff, 0xff, 0x7f], [(byte)'K', 0], [(byte)'(', (byte)'t'], [0x85], [0x86], [0x87], "2R"u8.ToArray(), "}(u"u8.ToArray(),
        "decoder.sentence_encoder.embed_tokens.weight"u8.ToArray(), "self_attn.in_proj_weight"u8.ToArray(), "classification_heads.a.dense.weight"u8.ToArray(),
    ];

    public override int BoundedRuns => 4000;

    private static IEnumerable<byte[]> MakeSeeds()
    {
        var model = new TinyModel(4, 2, 1, 4);
        byte[] views = new PickleWriter().Op('}').Text("w").Tensor("HalfStorage", "0", 8, 1, [2, 2], [3, 1]).Op('s').Text("x").Tensor("HalfStorage", "0", 8, 0, [], []).Op('s').End();
        return
        [
            PickleWriter.Archive([.. model.Tensors.Select(t => (t.Key, t.Value.Shape, t.Value.Values))], "model"),
            new ZipWriter().Add("a/data.pkl", views, wide: true).Add("a/data/0", new byte[16]).Add("a/byteorder", "little"u8.ToArray()).End(),
            .. PickleSamples.ByProtocol.Select(Convert.FromBase64String),
            .. GoldenSeeds.Find("models", "fmt_pt_bin_", "*.bin"),
            .. GoldenSeeds.Find("models", "fmt_roberta_fairseq_", "*.pt"),
            .. GoldenSeeds.Find("hostile", "pickle_", "*.bin"),
        ];
    }
}
