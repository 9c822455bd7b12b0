using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// Builds the double array of pieces. Nodes with many children are placed first, each at the next free units that take all its children,
/// so that those with one fill what is left over.
/// </summary>
internal sealed class PieceTrieBuilder
{
    private readonly List<Node> _nodes = [];

    /// <summary>Adds a trie.</summary>
    /// <param name="texts">Texts, none empty, each once, and their ids.</param>
    /// <returns>The number of its root, for <see cref="Build"/>.</returns>
    public int Add(List<(byte[] Text, int Id)> texts)
    {
        (byte[] Text, int Id)[] sorted = [.. texts];
        Array.Sort(sorted, (a, b) => a.Text.AsSpan().SequenceCompareTo(b.Text));
        int root = _nodes.Count;
        _nodes.Add(new());
        var open = new Queue<(int Node, int From, int To, int Depth)>([(root, 0, sorted.Length, 0)]);
        while (open.TryDequeue(out (int Node, int From, int To, int Depth) parent))
        {
            int at = parent.From;
            if (at < parent.To && sorted[at].Text.Length == parent.Depth) at++;
            int first = _nodes.Count;
            while (at < parent.To)
            {
                byte label = sorted[at].Text[parent.Depth];
                int end = at + 1;
                while (end < parent.To && sorted[end].Text[parent.Depth] == label) end++;
                int piece = sorted[at].Text.Length == parent.Depth + 1 ? sorted[at].Id + 1 : 0;
                open.Enqueue((_nodes.Count, at, end, parent.Depth + 1));
                _nodes.Add(new() { Label = label, Piece = piece });
                at = end;
            }

            _nodes[parent.Node] = _nodes[parent.Node] with { FirstChild = first, ChildCount = _nodes.Count - first };
        }

        return root;
    }

    /// <summary>Places all nodes.</summary>
    /// <param name="roots">Numbers of roots; the bases take their place.</param>
    /// <returns>The units.</returns>
    public PieceUnit[] Build(Span<uint> roots)
    {
        var space = new UnitSpace();
        var bases = new uint[_nodes.Count];
        Array.Fill(bases, PieceUnit.NoBase);
        int[] order = [.. Enumerable.Range(0, _nodes.Count).Where(n => _nodes[n].ChildCount > 0).OrderByDescending(n => _nodes[n].ChildCount)];
        Span<byte> labels = stackalloc byte[byte.MaxValue + 1];
        foreach (int n in order)
        {
            Span<byte> children = labels[.._nodes[n].ChildCount];
            for (int i = 0; i < children.Length; i++) children[i] = _nodes[_nodes[n].FirstChild + i].Label;
            bases[n] = space.Place(children);
        }

        var units = new PieceUnit[space.Count];
        foreach (ref PieceUnit unit in units.AsSpan()) unit.Base = PieceUnit.NoBase;
        for (int n = 0; n < _nodes.Count; n++)
        {
            for (int c = _nodes[n].FirstChild; c < _nodes[n].FirstChild + _nodes[n].ChildCount; c++)
            {
                Node child = _nodes[c];
                units[bases[n] ^ child.Label] = new() { Base = bases[c], Label = child.Label | PieceUnit.Used | ((uint)child.Piece << PieceUnit.IdShift) };
            }
        }

        foreach (ref uint root in roots) root = bases[root];
        return units;
    }

    /// <summary>A node; its children lie side by side.</summary>
    private readonly record struct Node
    {
        public byte Label { get; init; }

        /// <summary>Id of the piece that ends here + 1, or 0.</summary>
        public int Piece { get; init; }

        public int FirstChild { get; init; }

        public int ChildCount { get; init; }
    }
}
