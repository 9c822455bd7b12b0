using System.Text;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Tokenizers.Json;

namespace BertCompiler.Tool.Tokenizers.Verification;

/// <summary>
/// Compares a tokenizer with the cases that its folder carries: <c>cases_*.jsonl</c> and <c>sweep.safetensors</c>. Long texts that cases
/// name are looked for in <c>long_texts.json</c> in the folder or the one above.
/// </summary>
internal static class TokenizerVerifier
{
    private const int ShownOfCase = 300;

    /// <summary>Whether a folder carries cases for a tokenizer.</summary>
    public static bool CanVerify(string folder)
        => Directory.Exists(folder) && (Directory.EnumerateFiles(folder, "cases_*.jsonl").Any() || File.Exists(SweepOf(folder)));

    /// <summary>Compares everything the folder carries.</summary>
    public static TokenizerVerification Verify(string folder)
    {
        TokenizerReading reading = TokenizerReader.Read(folder, tableRows: null);
        if (reading.Tokenizer is null) return new([], reading.Problems);
        using var loaded = new LoadedTokenizer(reading.Tokenizer);
        var problems = new List<Problem>(reading.Problems);
        var rows = new List<TokenizerVerificationRow>();
        try
        {
            JsonItem? longTexts = LongTexts(folder);
            foreach (string file in Directory.GetFiles(folder, "cases_*.jsonl").Order(StringComparer.Ordinal)) rows.Add(Compare(loaded, file, longTexts));
            if (File.Exists(SweepOf(folder))) rows.Add(SweepComparison.Compare(loaded.Tokenizer, SweepOf(folder)));
        }
        catch (TokenizerFault fault)
        {
            problems.Add(fault.Problem);
        }
        catch (ImportException fault)
        {
            problems.Add(fault.Problem);
        }

        return new(rows, problems);
    }

    private static string SweepOf(string folder) => Path.Combine(folder, "sweep.safetensors");

    private static JsonItem? LongTexts(string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string? path = ((string?[])[full, Path.GetDirectoryName(full)])
            .Where(f => f is not null).Select(f => Path.Combine(f!, "long_texts.json")).FirstOrDefault(File.Exists);
        return path is null ? null : JsonTree.Parse(File.ReadAllBytes(path), path, ProblemKinds.TokenizerMalformed).Root;
    }

    private static TokenizerVerificationRow Compare(LoadedTokenizer loaded, string file, JsonItem? longTexts)
    {
        int cases = 0;
        int[] different = new int[4];
        string? first = null;
        using FileStream stream = File.OpenRead(file);
        foreach (byte[] line in ByteLines.Read(stream))
        {
            cases++;
            CaseDifference difference = CaseComparison.Compare(loaded, JsonTree.Parse(line, file, ProblemKinds.TokenizerMalformed).Root, longTexts);
            for (int column = 0; column < different.Length; column++) different[column] += ((int)difference >> column) & 1;
            if (difference != CaseDifference.None) first ??= $"line {cases} ({difference}): {Encoding.UTF8.GetString(line.AsSpan(0, Math.Min(line.Length, ShownOfCase)))}";
        }

        return new(Path.GetFileName(file), cases, different[0], different[1], different[2], different[3], first);
    }
}
