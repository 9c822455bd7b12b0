namespace BertCompiler.Tool.Tokenizers;

/// <summary>The ids that a vocabulary gives, for tokens that are added to it.</summary>
/// <param name="Ids">Id of each text.</param>
/// <param name="Count">Ids that the vocabulary takes: those of added tokens come after them.</param>
/// <param name="TableRows">Rows of the word table, where known: every id must be below.</param>
internal sealed record KnownIds(IReadOnlyDictionary<string, int> Ids, int Count, int? TableRows)
{
    /// <summary>Those of a vocabulary without gaps.</summary>
    public static KnownIds Of(Vocabulary vocabulary) =>
        new(vocabulary.Pieces.ToDictionary(p => p.Text, p => p.Id, StringComparer.Ordinal), vocabulary.Pieces.Count, vocabulary.TableRows);
}
