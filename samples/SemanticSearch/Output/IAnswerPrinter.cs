using SemanticSearch.Searching;

namespace SemanticSearch.Output;

/// <summary>Writes the answer to a question.</summary>
internal interface IAnswerPrinter
{
    void Print(string query, IReadOnlyList<Hit> hits);
}
