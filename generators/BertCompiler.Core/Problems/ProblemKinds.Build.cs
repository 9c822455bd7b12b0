namespace BertCompiler.Core.Problems;

/// <content>What the package's MSBuild targets find before a model is read, or when the program is published; they hold the ids as text.</content>
public static partial class ProblemKinds
{
    /// <summary>The Include of a BertModel item names no folder.</summary>
    public static ProblemKind ModelFolderMissing { get; } = new("BERT3001", "model_folder_missing", "Build", "The model's folder is not there");

    /// <summary>The Precision of a BertModel item is none that this version packs.</summary>
    public static ProblemKind PrecisionUnsupported { get; } = new("BERT3002", "precision_unsupported", "Build", "The precision is not supported");

    /// <summary>NativeAOT is told to compile for CPUs without AVX2 and FMA.</summary>
    public static ProblemKind InstructionSetSlow { get; } = new("BERT3003", "instruction_set_slow", "Build", "The executable would run a hundred times slower than it could");

    /// <summary>A note, not an error: embedded weights stay a resource of the NativeAOT executable.</summary>
    public static ProblemKind WeightsNotLinked { get; } = new("BERT3004", "weights_not_linked", "Build", "Embedded weights are not linked into the executable");

    /// <summary>The last line of a build in which imports failed, for reasons told before.</summary>
    public static ProblemKind ImportFailed { get; } = new("BERT3005", "import_failed", "Build", "Models could not be imported");

    internal static IReadOnlyList<ProblemKind> BuildKinds => [ModelFolderMissing, PrecisionUnsupported, InstructionSetSlow, WeightsNotLinked, ImportFailed];
}
