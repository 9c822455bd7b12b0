namespace BertCompiler.Tokenization;

/// <summary>For each place in a word the best path that ends there. It is reused.</summary>
internal sealed class UnigramPaths
{
    private double[] _scores = new double[64];
    private int[] _starts = new int[64];
    private int[] _ids = new int[64];
    private int[] _nexts = new int[64];

    /// <summary>Begins a word of <paramref name="length"/> units.</summary>
    public void Begin(int length)
    {
        if (_scores.Length <= length)
        {
            int size = Math.Max(checked(length + 1), _scores.Length * 2);
            _scores = new double[size];
            _starts = new int[size];
            _ids = new int[size];
            _nexts = new int[size];
        }

        _scores[0] = 0;
        _starts.AsSpan(0, length + 1).Fill(-1);
    }

    /// <summary>A piece from <paramref name="start"/> to <paramref name="end"/>; it is taken where it is better than what is known.</summary>
    public void Offer(int start, int end, int id, double score)
    {
        double sum = score + _scores[start];
        if (_starts[end] >= 0 && !(sum > _scores[end])) return;
        _scores[end] = sum;
        _starts[end] = start;
        _ids[end] = id;
    }

    /// <summary>Follows the best path from the end to the beginning, so that it can be read forward.</summary>
    public void TurnRound(int length)
    {
        for (int end = length; end > 0;)
        {
            int start = _starts[end];
            if (start < 0 || start >= end) TokenizerSectionView.Fail("a word has no path");
            _nexts[start] = end;
            end = start;
        }
    }

    /// <summary>End of the piece that begins at <paramref name="start"/> on the best path.</summary>
    public int NextOf(int start) => _nexts[start];

    /// <summary>Id of that piece.</summary>
    public int IdAt(int start) => _ids[_nexts[start]];
}
