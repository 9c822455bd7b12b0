using BertCompiler.Core.Config;

namespace BertCompiler.Core.Families;

/// <summary>
/// ERNIE (Sun et al. 2020, arXiv:1907.12412): BERT with a table of tasks that is added to the embeddings (<c>models/ernie/modeling_ernie.py</c>). Without
/// task types in the input, the row of task 0 is added to every token.
/// </summary>
public static class ErnieFamily
{
    /// <summary><c>task_type_vocab_size</c> where config.json leaves it out (<c>configuration_ernie.py</c>).</summary>
    private const int DefaultTaskTypes = 3;

    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = BertFamily.Description with
    {
        ModelType = "ernie",
        Prefix = "ernie.",
        TaskTable = "embeddings.task_type_embeddings",
        Architectures = BertFamily.Classes("Ernie"),
        Read = Read,
    };

    private static ModelConfig Read(ConfigFields fields, ModelConfig config)
    {
        if (!fields.OptionalBool("use_task_id", false)) return config;
        int tasks = fields.OptionalInt("task_type_vocab_size", DefaultTaskTypes, 1, ConfigLimits.TokenTypes);
        return config with { Embedding = config.Embedding with { TaskTypes = tasks } };
    }
}
