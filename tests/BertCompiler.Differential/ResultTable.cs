namespace BertCompiler.Differential;

/// <summary>The table of a run.</summary>
internal static class ResultTable
{
    public static void WriteHead()
    {
        Console.WriteLine("| tokenizer | texts | count | tokens | ids | offsets | words | decoded | ties |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|");
    }

    public static void Write(Tally t) => Console.WriteLine(FormattableString.Invariant(
        $"| {t.Tokenizer} | {t.Kind} | {t.Texts} | {t.Tokens} | {t.Ids} | {t.Offsets} | {t.Words} | {t.Decoded} | {t.Ties} |"));
}
