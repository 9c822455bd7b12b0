namespace BertCompiler.Core.Problems;

/// <content>What a build says about a model.</content>
public static partial class ProblemKinds
{
    /// <summary>The manifest is of another version or damaged.</summary>
    public static ProblemKind ManifestUnreadable { get; } = new("BERT2001", "manifest_unreadable", "Code", "The imported model cannot be read");

    /// <summary>The Class metadata of a BertModel item does not name a class.</summary>
    public static ProblemKind ClassNameInvalid { get; } = new("BERT2002", "class_name_invalid", "Code", "The class name cannot be used");

    /// <summary>Two BertModel items have one class name.</summary>
    public static ProblemKind ClassNameTaken { get; } = new("BERT2003", "class_name_taken", "Code", "Two models have one class name");

    /// <summary>A word in the metadata of a BertModel item is not known.</summary>
    public static ProblemKind OptionUnknown { get; } = new("BERT2004", "option_unknown", "Code", "A model's option is not known");

    /// <summary>The compiler, the runtime and libraries with generated code are not of one version.</summary>
    public static ProblemKind RuntimeMismatch { get; } = new("BERT2005", "runtime_mismatch", "Code", "Generated code and the runtime are of different versions");

    /// <summary>The runtime is not referenced.</summary>
    public static ProblemKind RuntimeMissing { get; } = new("BERT2006", "runtime_missing", "Code", "The project does not reference the runtime");

    /// <summary>A warning: the folder of a sentence encoder has no tokenizer, so its class takes no text.</summary>
    public static ProblemKind TextNotTaken { get; } = new("BERT2007", "text_not_taken", "Code", "A sentence encoder has no tokenizer");

    internal static IReadOnlyList<ProblemKind> CodeKinds =>
        [ManifestUnreadable, ClassNameInvalid, ClassNameTaken, OptionUnknown, RuntimeMismatch, RuntimeMissing, TextNotTaken];
}
