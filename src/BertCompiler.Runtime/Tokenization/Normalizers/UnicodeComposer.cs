namespace BertCompiler.Tokenization;

/// <summary>
/// Composes decomposed, ordered text again (UAX #15, step 3), and sums up which old characters each composed one takes the place of, as
/// n1t0/unicode-normalization does (recompose.rs).
/// </summary>
internal sealed class UnicodeComposer
{
    private const int None = -1;

    private ChangeWriter _output = null!;
    private int _starter;
    private int _starterChange;
    private int _lastCombining;
    private int[] _marks = new int[32];
    private int[] _changes = new int[32];
    private int _count;

    public void Begin(ChangeWriter output)
    {
        _output = output;
        _starter = None;
        _lastCombining = None;
        _count = 0;
    }

    public void Add(int codePoint, int change, byte combining)
    {
        if (_starter == None)
        {
            if (combining != 0) _output.Write(codePoint, change);
            else (_starter, _starterChange) = (codePoint, change);
            return;
        }

        // A mark is blocked from the starter by one before it whose combining class is not less.
        bool blocked = _lastCombining != None && _lastCombining >= combining;
        int composed = blocked ? None : UnicodeTables.Compose(_starter, codePoint);
        if (composed >= 0)
        {
            (_starter, _starterChange) = (composed, _starterChange + change - 1);
        }
        else if (combining != 0)
        {
            Keep(codePoint, change);
            _lastCombining = combining;
        }
        else
        {
            End();
            (_starter, _starterChange) = (codePoint, change);
        }
    }

    public void End()
    {
        if (_starter != None) _output.Write(_starter, _starterChange);
        for (int i = 0; i < _count; i++) _output.Write(_marks[i], _changes[i]);
        _starter = None;
        _lastCombining = None;
        _count = 0;
    }

    private void Keep(int codePoint, int change)
    {
        if (_count == _marks.Length)
        {
            Array.Resize(ref _marks, _count * 2);
            Array.Resize(ref _changes, _count * 2);
        }

        _marks[_count] = codePoint;
        _changes[_count++] = change;
    }
}
