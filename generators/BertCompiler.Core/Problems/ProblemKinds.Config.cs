namespace BertCompiler.Core.Problems;

/// <content>BERT1001…: config.json and the files of a sentence-transformers folder.</content>
public static partial class ProblemKinds
{
    private const string Config = "Config";

    /// <summary>Not JSON, or not the JSON that such a file must be.</summary>
    public static ProblemKind ConfigMalformed { get; } = new("BERT1001", "config_malformed", Config, "A configuration file is not well-formed JSON");

    /// <summary>A field without a safe default is absent.</summary>
    public static ProblemKind ConfigMissingField { get; } = new("BERT1002", "config_missing_field", Config, "A configuration file lacks a field");

    /// <summary>A file that must be there is not.</summary>
    public static ProblemKind ConfigMissingFile { get; } = new("BERT1003", "config_missing_file", Config, "A configuration file is missing");

    /// <summary>A field holds a value of another type.</summary>
    public static ProblemKind ConfigWrongType { get; } = new("BERT1004", "config_wrong_type", Config, "A configuration field has a value of the wrong type");

    /// <summary>A field holds a number that no model can have.</summary>
    public static ProblemKind ConfigOutOfRange { get; } = new("BERT1005", "config_out_of_range", Config, "A configuration field is out of range");

    /// <summary>Two statements contradict each other.</summary>
    public static ProblemKind ConfigInconsistent { get; } = new("BERT1006", "config_inconsistent", Config, "Configuration and model contradict each other");

    /// <summary>Sound, and not something that compiles.</summary>
    public static ProblemKind ConfigUnsupported { get; } = new("BERT1007", "config_unsupported", Config, "The model asks for something that is not supported");

    /// <summary>A head is asked for that is no class of any family.</summary>
    public static ProblemKind HeadUnknown { get; } = new("BERT1011", "head_unknown", Config, "The head that is asked for is not known");

    /// <summary>A head is asked for that belongs to another family than the model.</summary>
    public static ProblemKind HeadOfOtherFamily { get; } = new("BERT1012", "head_of_other_family", Config, "The head that is asked for belongs to another family");

    /// <summary>Sentence vectors are asked for, and nothing in the folder turns text into ids.</summary>
    public static ProblemKind HeadWithoutTokenizer { get; } = new("BERT1013", "head_without_tokenizer", Config, "A sentence embedder needs a tokenizer");

    /// <summary>Reading a folder failed in a way that no other kind describes.</summary>
    public static ProblemKind FolderUnreadable { get; } = new("BERT1014", "folder_unreadable", Config, "A folder could not be read");

    private static IReadOnlyList<ProblemKind> ConfigKinds =>
    [
        ConfigMalformed, ConfigMissingField, ConfigMissingFile, ConfigWrongType, ConfigOutOfRange, ConfigInconsistent, ConfigUnsupported, HeadUnknown, HeadOfOtherFamily, HeadWithoutTokenizer,
        FolderUnreadable,
    ];
}
