namespace BertCompiler.Tool.Tokenizers;

/// <summary>Which units of a double array are free, and which numbers are bases already.</summary>
internal sealed class UnitSpace
{
    private const int BlockSize = 256;
    private const int Taken = -1;

    private readonly List<bool> _isBase = [];

    /// <summary>The free units before and behind each free unit, a ring; unit 0 is its head and never taken.</summary>
    private readonly List<int> _before = [];
    private readonly List<int> _behind = [];

    /// <summary>Nodes of so many children have been tried at all free units before <see cref="_next"/>.</summary>
    private int _children;
    private int _next;

    public UnitSpace() => AddBlock();

    /// <summary>How many units there are, free or not.</summary>
    public int Count => _isBase.Count;

    /// <summary>Takes units for the children of a node. Nodes with as many children should come one after the other.</summary>
    /// <param name="labels">Their labels.</param>
    /// <returns>The node's base.</returns>
    public uint Place(ReadOnlySpan<byte> labels)
    {
        if (labels.Length != _children) (_children, _next) = (labels.Length, _behind[0]);
        for (; _next != 0; _next = _behind[_next])
        {
            int place = _next ^ labels[0];
            if (!Fits(place, labels)) continue;
            Take(place, labels);
            return (uint)place;
        }

        // A new block is all free, and none of its units is a base.
        int added = AddBlock();
        _next = added;
        Take(added, labels);
        return (uint)added;
    }

    private bool Fits(int place, ReadOnlySpan<byte> labels)
    {
        if (_isBase[place]) return false;
        foreach (byte label in labels)
        {
            if ((place ^ label) == 0 || _before[place ^ label] == Taken) return false;
        }

        return true;
    }

    private void Take(int place, ReadOnlySpan<byte> labels)
    {
        _isBase[place] = true;
        foreach (byte label in labels)
        {
            int unit = place ^ label;
            if (unit == _next) _next = _behind[unit];
            _behind[_before[unit]] = _behind[unit];
            _before[_behind[unit]] = _before[unit];
            _before[unit] = Taken;
        }
    }

    private int AddBlock()
    {
        int first = Count;
        for (int unit = first; unit < first + BlockSize; unit++)
        {
            _isBase.Add(false);
            _before.Add(unit == 0 ? 0 : _before[0]);
            _behind.Add(0);
            _behind[_before[unit]] = unit;
            _before[0] = unit;
        }

        return first;
    }
}
