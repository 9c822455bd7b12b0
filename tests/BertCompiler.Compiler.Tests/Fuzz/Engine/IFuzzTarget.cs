namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>One parser and what it is fed with.</summary>
internal interface IFuzzTarget : IDisposable
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Inputs to begin with, sound and spoiled ones.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Words of the format, that are put into inputs.</summary>
    IReadOnlyList<byte[]> Words => [];

    /// <summary>How inputs are taken apart; null: as bytes only.</summary>
    IFuzzGrammar? Grammar => null;

    /// <summary>Executions of a bounded run: about two seconds.</summary>
    int BoundedRuns => 2000;

    /// <summary>Puts lengths and checksums right, so that an edit comes past their checks.</summary>
    byte[] Repair(byte[] input) => input;

    /// <summary>Parses an input and uses what comes of it. What the parser declares to throw is caught here; everything else is a finding.</summary>
    void Run(byte[] input);
}
