using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>The index of safetensors shards, with sound shards beside it.</summary>
internal sealed class ShardIndexTarget : CheckpointTarget
{
    private const string FileName = "model.safetensors.index.json";

    public ShardIndexTarget() : base("safetensors-index", new SafeTensorsShardsFormat(), FileName, MakeSeeds())
    {
        Save(Folder);
    }

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        "\"weight_map\":"u8.ToArray(), "\"../x.safetensors\""u8.ToArray(), "\"/etc/passwd\""u8.ToArray(), "\"model-0.safetensors\""u8.ToArray(), "\"model-1.safetensors\""u8.ToArray(), "\"\""u8.ToArray(),
        "\".\""u8.ToArray(), "\"config.json\""u8.ToArray(), "\"a\\u0000b\""u8.ToArray(), "\\ud800"u8.ToArray(), "\"NUL\""u8.ToArray(), "\"x/../y\""u8.ToArray(), "\"\\\\x\""u8.ToArray(),
    ];

    public override IFuzzGrammar Grammar => JsonGrammar.Instance;

    private static void Save(string folder) => new TinyModel(4, 2, 1, 4).SaveShards(folder, name => $"model-{(uint)name.Length % 2}.safetensors");

    private static IEnumerable<byte[]> MakeSeeds()
    {
        using var folder = new TemporaryFolder();
        Save(folder.Path);
        return [File.ReadAllBytes(folder[FileName]), .. GoldenSeeds.Find("models", "bert_sharded", FileName), .. GoldenSeeds.Find("hostile", "shards_", FileName)];
    }
}
