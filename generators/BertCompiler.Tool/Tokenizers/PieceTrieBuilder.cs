using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// Builds the double array of pieces: the nodes of a trie, level by level, each placed at the first free units that take all its children.
/// </summary>
internal sealed class PieceTrieBuilder
{
    private const int BlockSize = 256;

    /// <summary>After so many places that do not fit, the children of a node go into a new block.</summary>
    private const int MostTries = 256;

    private readonly List<PieceUnit> _units = [];
    private readonly List<bool> _isBase = [];

    /// <summary>Free units, linked in their order; 0 is the head of the ring and no unit.</summary>
    private readonly List<(int Before, int Behind)> _free = [];

    public PieceTrieBuilder() => AddBlock();

    /// <summary>The units; every text and every root is in.</summary>
    public PieceUnit[] Units => [.. _units];

    /// <summary>Adds a trie.</summary>
    /// <param name="texts">Texts, none empty, each once, and their ids.</param>
    /// <returns>The base of its root.</returns>
    public uint Add(List<(byte[] Text, int Id)> texts)
    {
        if (texts.Count == 0) return PieceUnit.NoBase;
        (byte[] Text, int Id)[] sorted = [.. texts];
        Array.Sort(sorted, (a, b) => a.Text.AsSpan().SequenceCompareTo(b.Text));
        uint root = 0;
        var open = new Queue<(int Unit, int From, int To, int Depth)>([(-1, 0, sorted.Length, 0)]);
        var children = new List<(byte Label, int From, int To)>();
        while (open.TryDequeue(out (int Unit, int From, int To, int Depth) node))
        {
            Children(sorted, node.From, node.To, node.Depth, children);
            if (children.Count == 0) continue;
            uint place = Place(children);
            if (node.Unit < 0) root = place;
            else _units[node.Unit] = _units[node.Unit] with { Base = place };
            foreach ((byte label, int from, int to) in children)
            {
                int unit = (int)(place ^ label);
                uint piece = sorted[from].Text.Length == node.Depth + 1 ? (uint)sorted[from].Id + 1 : 0;
                _units[unit] = new() { Base = PieceUnit.NoBase, Label = label | PieceUnit.Used | (piece << PieceUnit.IdShift) };
                open.Enqueue((unit, from, to, node.Depth + 1));
            }
        }

        return root;
    }

    private static void Children((byte[] Text, int Id)[] sorted, int from, int to, int depth, List<(byte Label, int From, int To)> children)
    {
        children.Clear();
        if (from < to && sorted[from].Text.Length == depth) from++;
        while (from < to)
        {
            byte label = sorted[from].Text[depth];
            int end = from + 1;
            while (end < to && sorted[end].Text[depth] == label) end++;
            children.Add((label, from, end));
            from = end;
        }
    }

    /// <summary>
    /// Finds a base at which all children lie in free units, and takes them. One child fits into what is left over in old blocks; several
    /// are put into the newest ones.
    /// </summary>
    private uint Place(List<(byte Label, int From, int To)> children)
    {
        bool single = children.Count == 1;
        int unit = single ? _free[0].Behind : _free[0].Before;
        for (int tries = 0; unit != 0 && tries < MostTries; tries++)
        {
            uint place = (uint)unit ^ children[0].Label;
            if (Fits(place, children)) return Take(place, children);
            unit = single ? _free[unit].Behind : _free[unit].Before;
        }

        // A new block is all free, and none of its units is a base.
        return Take((uint)AddBlock(), children);
    }

    private bool Fits(uint place, List<(byte Label, int From, int To)> children)
    {
        if (_isBase[(int)place]) return false;
        foreach ((byte label, _, _) in children)
        {
            if (!IsFree((int)(place ^ label))) return false;
        }

        return true;
    }

    private uint Take(uint place, List<(byte Label, int From, int To)> children)
    {
        _isBase[(int)place] = true;
        foreach ((byte label, _, _) in children) TakeUnit((int)(place ^ label));
        return place;
    }

    private bool IsFree(int unit) => unit != 0 && _free[unit].Before >= 0;

    private void TakeUnit(int unit)
    {
        (int before, int behind) = _free[unit];
        _free[before] = _free[before] with { Behind = behind };
        _free[behind] = _free[behind] with { Before = before };
        _free[unit] = (-1, -1);
    }

    private int AddBlock()
    {
        int first = _units.Count;
        for (int unit = first; unit < first + BlockSize; unit++)
        {
            _units.Add(new() { Base = PieceUnit.NoBase });
            _isBase.Add(false);
            if (unit == 0)
            {
                _free.Add((0, 0));
                continue;
            }

            int last = _free[0].Before;
            _free.Add((last, 0));
            _free[last] = _free[last] with { Behind = unit };
            _free[0] = _free[0] with { Before = unit };
        }

        return first;
    }
}
