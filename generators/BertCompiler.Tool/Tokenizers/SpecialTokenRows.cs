using BertCompiler.Core.Problems;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>What is said of a special token that the vocabulary lacks and the word table has no row for.</summary>
internal static class SpecialTokenRows
{
    /// <summary>The warning: transformers gives the token an id all the same, and fails where a text holds it.</summary>
    /// <param name="named">Where a file names the token.</param>
    /// <param name="text">The token.</param>
    /// <param name="id">The id that it would have.</param>
    /// <param name="rows">Rows of the word table.</param>
    public static Problem Missing(JsonItem named, string text, int id, int rows) => named.Tree.At(
        ProblemKinds.SpecialTokenWithoutRow,
        Severity.Warning,
        named,
        $"{named.Tree.Name}: the vocabulary lacks the special token '{text}', and its id would be {id}, for which the word table has no row (vocab_size in config.json is {rows}): in a text it is read as ordinary characters");
}
