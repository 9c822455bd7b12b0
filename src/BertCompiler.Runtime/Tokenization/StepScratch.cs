namespace BertCompiler.Tokenization;

/// <summary>Memory that the steps of normalising need besides the text; made when first asked for.</summary>
internal sealed class StepScratch
{
    public ChangeWriter Changes => field ??= new();

    public UnicodeComposer Composer => field ??= new();

    public MarkRun Marks => field ??= new();
}
