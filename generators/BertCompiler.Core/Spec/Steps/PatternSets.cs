namespace BertCompiler.Core.Spec.Steps;

/// <summary>Sets of code points that patterns name; the names are those of the runtime's enum.</summary>
[Flags]
public enum PatternSets
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>\p{L}</c>.</summary>
    Letter = 1 << 0,

    /// <summary><c>\p{N}</c>.</summary>
    Number = 1 << 1,

    /// <summary><c>\s</c>.</summary>
    WhiteSpace = 1 << 2,

    /// <summary><c>\w</c>.</summary>
    PatternWord = 1 << 3,

    /// <summary><c>\d</c>.</summary>
    Digit = 1 << 4,

    /// <summary><c>\p{M}</c>.</summary>
    Mark = 1 << 5,

    /// <summary><c>\p{P}</c>.</summary>
    PatternPunctuation = 1 << 6,

    /// <summary><c>\p{S}</c>.</summary>
    Symbol = 1 << 7,
}
