namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>What a pickle makes by calling something that is known and is never called here: what was called, and what it was to get.</summary>
internal sealed class PickleBag(PickleGlobal of, PickleTuple arguments)
{
    /// <summary>The class or function.</summary>
    public PickleGlobal Of => of;

    /// <summary>What it is called with.</summary>
    public PickleTuple Arguments => arguments;

    /// <summary>The state that is set afterwards, of an <c>argparse.Namespace</c> the dictionary of its fields.</summary>
    public object? State { get; set; }
}
