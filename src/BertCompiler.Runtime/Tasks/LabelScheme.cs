namespace BertCompiler.Tasks;

/// <summary>
/// Labels taken apart: BIO, BILOU or BIOES where every label but <c>O</c> begins with one of their letters and a hyphen; else plain, so that
/// <c>e-mail</c> or <c>S-Bahn</c> among other labels is no prefix.
/// </summary>
internal sealed class LabelScheme
{
    private readonly LabelPrefix[] _prefixes;
    private readonly string[] _kinds;

    public LabelScheme(IReadOnlyList<string> labels)
    {
        bool prefixed = labels.All(l => l == Outside || PrefixOf(l) != LabelPrefix.None);
        _prefixes = [.. labels.Select(l => prefixed ? PrefixOf(l) : LabelPrefix.None)];
        _kinds = [.. labels.Select(l => prefixed && l != Outside ? l[2..] : l)];
    }

    /// <summary>The label of what is nothing.</summary>
    public const string Outside = "O";

    public LabelPrefix Prefix(int label) => _prefixes[label];

    /// <summary>The label without its prefix.</summary>
    public string Kind(int label) => _kinds[label];

    private static LabelPrefix PrefixOf(string label) => label is not [_, '-', _, ..] ? LabelPrefix.None : label[0] switch
    {
        'B' => LabelPrefix.Begin,
        'I' or 'M' => LabelPrefix.Inside,
        'L' or 'E' => LabelPrefix.Last,
        'U' or 'S' or 'W' => LabelPrefix.Single,
        _ => LabelPrefix.None,
    };
}
