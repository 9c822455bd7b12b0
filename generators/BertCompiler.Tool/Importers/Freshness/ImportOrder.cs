using System.Text;

namespace BertCompiler.Tool.Importers.Freshness;

/// <summary>
/// One import that a build wants: a line of a list, whose fields are separated by tabs (backslashes are escapes): the record, the folder, and what else
/// <c>bertc import</c> is told. The record's path says where the results go: <c>obj/…/Shop.Model.imported</c> stands beside
/// <c>Shop.Model.bertmanifest</c> and <c>Shop.Model.bertw</c>.
/// </summary>
/// <param name="Line">The line.</param>
/// <param name="RecordPath">Where it is written down what came of it.</param>
/// <param name="Folder">The model folder.</param>
/// <param name="Options">Options of <c>bertc import</c>.</param>
internal sealed record ImportOrder(string Line, string RecordPath, string Folder, IReadOnlyList<string> Options)
{
    /// <summary>Where the results go.</summary>
    public ImportTarget Target { get; } = new(Path.GetDirectoryName(Path.GetFullPath(RecordPath))!, Path.GetFileNameWithoutExtension(RecordPath));

    /// <summary>Whether the folder's tokenizer alone is wanted, which reads no weights.</summary>
    public bool IsTokenizer => Options.Contains("--tokenizer");

    /// <summary>The whole command line of <c>bertc import</c>.</summary>
    public IReadOnlyList<string> Arguments => ["--output=" + Target.Folder, "--name=" + Target.Name, "--msbuild", .. Options, "--", Folder];

    /// <summary>Reads a list.</summary>
    /// <exception cref="InvalidDataException">A line has too few fields.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<ImportOrder> ReadAll(string path) => [.. File.ReadLines(path).Where(l => l.Length > 0).Select(Parse)];

    private static ImportOrder Parse(string line)
    {
        string[] fields = line.Split('\t');
        if (fields.Length < 2) throw new InvalidDataException($"a record, a folder and options are expected, separated by tabs; found '{line}'");
        return new(line, Unescape(fields[0]), Unescape(fields[1]), [.. fields[2..].Select(Unescape)]);
    }

    /// <summary>A backslash stands before t, n, r or itself where the field holds a tab, the end of a line, or a backslash.</summary>
    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal)) return field;
        var text = new StringBuilder(field.Length);
        for (int i = 0; i < field.Length; i++)
        {
            bool isEscape = field[i] == '\\' && i + 1 < field.Length;
            text.Append(!isEscape ? field[i] : field[++i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', char c => c });
        }

        return text.ToString();
    }
}
