using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>How a post-processor cuts white space from the places of tokens.</summary>
/// <param name="PrefixSpace">Whether the first space of a text is one that was put there.</param>
/// <param name="Trims">Whether anything is cut.</param>
internal sealed record OffsetTrimming(bool PrefixSpace, bool Trims)
{
    /// <summary>The same as switches of the tokenizer.</summary>
    public TokenizerOptions Options => Trims ? TokenizerOptions.TrimOffsets | (PrefixSpace ? TokenizerOptions.AddPrefixSpace : 0) : TokenizerOptions.None;

    /// <summary>Whether a post-processor is of a kind that trims.</summary>
    public static bool IsIn(JsonItem step) => PipelineCheck.TypeOf(step) is "RobertaProcessing" or "ByteLevel";

    /// <summary>What a post-processor says.</summary>
    public static OffsetTrimming Read(JsonItem step) => new(
        step.FindValue("add_prefix_space")?.AsBoolean("'add_prefix_space'") ?? true,
        step.FindValue("trim_offsets")?.AsBoolean("'trim_offsets'") ?? true);
}
