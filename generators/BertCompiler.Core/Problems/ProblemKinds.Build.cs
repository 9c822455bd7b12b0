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

    /// <summary>The project's target framework is below net10.0, or another family of frameworks.</summary>
    public static ProblemKind TargetFramework { get; } = new("BERT3006", "target_framework", "Build", "The target framework is not supported");

    /// <summary>The project's LangVersion is one that generated code does not compile under.</summary>
    public static ProblemKind LanguageVersion { get; } = new("BERT3007", "language_version", "Build", "The C# language version is too low");

    /// <summary>A model item in a project of another language.</summary>
    public static ProblemKind NotCSharp { get; } = new("BERT3008", "not_csharp", "Build", "The project is not a C# project");

    /// <summary>An Include with a wildcard that matches nothing.</summary>
    public static ProblemKind IncludeMatchesNothing { get; } = new("BERT3009", "include_matches_nothing", "Build", "A wildcard matches nothing");

    /// <summary>An Include that is the name of a model on a hub.</summary>
    public static ProblemKind HubName { get; } = new("BERT3010", "hub_name", "Build", "Include is a name on a hub, not a folder");

    /// <summary>Packed files of two projects or packages have one name.</summary>
    public static ProblemKind PackedFileTaken { get; } = new("BERT3011", "packed_file_taken", "Build", "Two libraries have a model of one class name");

    internal static IReadOnlyList<ProblemKind> BuildKinds =>
    [
        ModelFolderMissing, PrecisionUnsupported, InstructionSetSlow, WeightsNotLinked, ImportFailed, TargetFramework, LanguageVersion, NotCSharp,
        IncludeMatchesNothing, HubName, PackedFileTaken,
    ];
}
