using System.Text;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Compilation;
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

    /// <summary>Compares everything the folder carries with what the steps of its description give, run one by one.</summary>
    public static TokenizerVerification Verify(string folder) => Verify(folder, static description => new LoadedTokenizer(description));

    /// <summary>Compares everything the folder carries with what generated code gives, compiled as a build would.</summary>
    public static TokenizerVerification Verify(string folder, ModelCache cache, CancellationToken cancellation) => Verify(folder, description =>
    {
        CachedTokenizer compiled = cache.GetTokenizer(folder, cancellation);
        if (compiled.Import.Manifest is not null) return new LoadedTokenizer(description, compiled.Load());
        throw new ImportException(compiled.Import.Problems.First(p => p.Severity == Severity.Error));
    });

    private static TokenizerVerification Verify(string folder, Func<TokenizerDescription, LoadedTokenizer> open)
    {
        TokenizerReading reading = TokenizerReader.Read(folder, tableRows: null);
        if (reading.Tokenizer is null) return new([], reading.Problems);
        var problems = new List<Problem>(reading.Problems);
        var rows = new List<TokenizerVerificationRow>();
        try
        {
            using LoadedTokenizer loaded = open(reading.Tokenizer);
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
        var different = new Dictionary<CaseDifference, int>();
        string? first = null;
        using FileStream stream = File.OpenRead(file);
        foreach (byte[] line in ByteLines.Read(stream, file))
        {
            cases++;
            CaseDifference difference = CaseComparison.Compare(loaded, JsonTree.Parse(line, file, ProblemKinds.TokenizerMalformed).Root, longTexts);
            foreach (CaseDifference column in Enum.GetValues<CaseDifference>())
            {
                if (column != CaseDifference.None && difference.HasFlag(column)) different[column] = Count(column) + 1;
            }

            if (difference is not (CaseDifference.None or CaseDifference.Tie)) first ??= $"line {cases} ({difference}): {Encoding.UTF8.GetString(line.AsSpan(0, Math.Min(line.Length, ShownOfCase)))}";
        }

        return new(Path.GetFileName(file), cases)
        {
            IdsDifferent = Count(CaseDifference.Ids),
            OffsetsDifferent = Count(CaseDifference.Offsets),
            WordIdsDifferent = Count(CaseDifference.WordIds),
            OtherDifferent = Count(CaseDifference.Other),
            DecodedDifferent = Count(CaseDifference.Decoded),
            Ties = Count(CaseDifference.Tie),
            FirstDifference = first,
        };

        int Count(CaseDifference column) => different.GetValueOrDefault(column);
    }
}
