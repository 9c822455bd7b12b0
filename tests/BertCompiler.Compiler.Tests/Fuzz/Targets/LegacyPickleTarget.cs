using BertCompiler.Tool.Importers.Pickle;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>A PyTorch file of before 1.6: pickles one behind the other, then the storages.</summary>
internal sealed class LegacyPickleTarget() : CheckpointTarget("legacy-pickle", new PyTorchFormat(), "pytorch_model.bin", MakeSeeds())
{
    public override IReadOnlyList<byte[]> Words => PickleWords.All;

    public override int BoundedRuns => 6000;

    private static IEnumerable<byte[]> MakeSeeds() =>
    [
        SmallPyTorchFiles.Legacy(), .. GoldenSeeds.Find("models", "fmt_pt_bin_legacy", "pytorch_model.bin"), .. GoldenSeeds.Find("models", "fmt_roberta_fairseq_old", "model.pt"), .. GoldenSeeds.Find("hostile", "pickle_legacy", "pytorch_model.bin"),
    ];
}
