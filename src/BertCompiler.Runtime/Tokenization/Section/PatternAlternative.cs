using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>
/// One alternative of a pattern: from <see cref="Least"/> to <see cref="Most"/> code points of a set, as many as there are. Patterns that
/// cannot be said this way are refused when a model is compiled, so no regular expression is ever run.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct PatternAlternative
{
    public CodePointSets Sets;

    /// <summary>1: everything but the set.</summary>
    public int Negated;

    /// <summary>Single characters of the set, UTF-16 units among the texts of steps; none is half of a pair.</summary>
    public int TextStart;
    public int TextLength;
    public int Least;
    public int Most;
}
