namespace BertCompiler.Tool.Importers.Tensors;

/// <summary>Faults of one kind, as one message.</summary>
/// <param name="file">The file that the first of them is in.</param>
internal sealed class TensorFaults(string file)
{
    /// <summary>A file that has nothing to do with the model would otherwise give thousands of them.</summary>
    private const int MostListed = 5;

    private readonly List<string> _listed = [];
    private int _count;

    /// <summary>The file that the first of them is in.</summary>
    public string File { get; } = file;

    /// <summary>All of them: <c>first; second; and 5 more of this kind</c>.</summary>
    public string Message => _count <= MostListed ? string.Join("; ", _listed) : $"{string.Join("; ", _listed)}; and {_count - MostListed} more of this kind";

    /// <summary>Takes one more.</summary>
    public void Add(string message)
    {
        _count++;
        if (_listed.Count < MostListed) _listed.Add(message);
    }

    /// <summary>The first few of a list of names, each in quotes, and how many more there are.</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        string list = string.Join(", ", all.Take(MostListed).Select(t => $"'{t}'"));
        return all.Length <= MostListed ? list : $"{list} and {all.Length - MostListed} more";
    }
}
