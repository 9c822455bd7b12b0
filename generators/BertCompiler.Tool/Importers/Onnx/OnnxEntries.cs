using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>Reads StringStringEntryProto messages.</summary>
internal static class OnnxEntries
{
    private const int EntryBytes = 192;

    /// <summary>Adds a key with its value.</summary>
    /// <param name="reader">Reads <paramref name="source"/>.</param>
    /// <param name="message">The field that holds the entry.</param>
    /// <param name="source">The file.</param>
    /// <param name="budget">Pays for the texts.</param>
    /// <param name="entries">Receives them; of two values for one key the last counts.</param>
    public static void Add(WireReader reader, WireField message, ByteSource source, ImportBudget budget, Dictionary<string, string> entries)
    {
        budget.Spend(EntryBytes + (2 * message.Length), ProblemKinds.OnnxMalformed, source, "texts beside the graph");
        (string key, string value) = ("", "");
        for (long at = message.Offset; at < message.End;)
        {
            WireField field = reader.Field(at, message.End);
            if (field.Number == 1) key = reader.Text(field);
            if (field.Number == 2) value = reader.Text(field);
            at = field.End;
        }

        entries[key] = value;
    }
}
