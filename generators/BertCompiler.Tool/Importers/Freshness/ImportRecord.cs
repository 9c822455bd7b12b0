using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BertCompiler.Tool.Importers.Freshness;

/// <summary>
/// What an import that succeeded depended on, made and said: as long as nothing of it differs, another would do the same, and its
/// warnings are still true.
/// </summary>
internal sealed record ImportRecord
{
    private const string Version = "bertc import 1";

    /// <summary>What was asked for: the order's line.</summary>
    public required string Order { get; init; }

    /// <summary>The program that did it.</summary>
    public required string Tool { get; init; }

    /// <summary>Hash of the names of the files that the folder held: one that is new may be read before the others.</summary>
    public required string Names { get; init; }

    /// <summary>The files that were read, as they were.</summary>
    public required IReadOnlyList<StampedFile> Inputs { get; init; }

    /// <summary>The files that were written, as they were: one that is damaged or gone is made again.</summary>
    public required IReadOnlyList<StampedFile> Outputs { get; init; }

    /// <summary>The warnings, each a line as MSBuild reads them.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>This program: its own three assemblies, by length and time.</summary>
    public static string ThisTool { get; } = string.Join(' ', ((string[])["bertc.dll", "BertCompiler.Core.dll", "BertCompiler.Runtime.dll"])
        .Select(name => new FileInfo(Path.Combine(AppContext.BaseDirectory, name)))
        .Select(file => file.Exists ? FormattableString.Invariant($"{file.Length}/{file.LastWriteTimeUtc.Ticks}") : "-"));

    /// <summary>The names of the files that an order's folder holds now, weights left out where none are read.</summary>
    public static string NamesIn(ImportOrder order)
    {
        IEnumerable<string> files = ModelFiles.Of(order.Folder);
        if (order.IsTokenizer) files = files.Where(f => !ModelFiles.IsWeights(f));
        string names = string.Join('\n', files.Select(f => Path.GetRelativePath(order.Folder, f)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(names)));
    }

    /// <summary>The record of an order that has nothing to do; null: import.</summary>
    public static ImportRecord? OfFresh(ImportOrder order)
    {
        ImportRecord? record = Read(order.RecordPath);
        bool isFresh = record is not null && record.Order == order.Line && record.Tool == ThisTool && record.Names == NamesIn(order)
            && record.Inputs.All(f => f.Holds) && record.Outputs.All(f => f.Holds);
        return isFresh ? record : null;
    }

    /// <summary>Writes the record; it appears whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path)
    {
        var text = new StringBuilder();
        foreach (string line in (string[])[Version, "order " + Order, "tool " + Tool, "names " + Names]) text.Append(line).Append('\n');
        foreach (StampedFile file in Inputs) text.Append("read ").Append(Line(file)).Append('\n');
        foreach (StampedFile file in Outputs) text.Append("made ").Append(Line(file)).Append('\n');
        foreach (string warning in Warnings) text.Append("said ").Append(warning.ReplaceLineEndings(" ")).Append('\n');
        ImportWriter.WriteIfDifferent(path, text.ToString());
    }

    private static string Line(StampedFile file) => FormattableString.Invariant($"{file.Stamp.Bytes} {file.Stamp.Ticks} {file.Stamp.Sample} {file.Path}");

    /// <summary>Reads a record; null where there is none that is understood, which means: import.</summary>
    private static ImportRecord? Read(string path)
    {
        try
        {
            string[] lines = File.ReadAllLines(path);
            if (lines is not [Version, ..]) return null;
            ILookup<string, string> fields = lines.Skip(1).Select(l => l.Split(' ', 2)).Where(f => f.Length == 2).ToLookup(f => f[0], f => f[1], StringComparer.Ordinal);
            return new()
            {
                Order = fields["order"].Single(),
                Tool = fields["tool"].Single(),
                Names = fields["names"].Single(),
                Inputs = [.. fields["read"].Select(ReadFile)],
                Outputs = [.. fields["made"].Select(ReadFile)],
                Warnings = [.. fields["said"]],
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    private static StampedFile ReadFile(string line) => line.Split(' ', 4) is [var bytes, var ticks, var sample, var path]
        ? new(path, new(long.Parse(bytes, CultureInfo.InvariantCulture), long.Parse(ticks, CultureInfo.InvariantCulture), sample))
        : throw new FormatException("not a file");
}
