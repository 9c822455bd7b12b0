using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace BertCompiler.Tool.Verification;

/// <summary>Reports for people, as tables, and for programs.</summary>
internal static class ReportPrinter
{
    /// <summary>One table for a folder, with its sentences below.</summary>
    public static void Print(FolderReport report, IAnsiConsole console)
    {
        (string word, string color) = Words(report.Verdict);
        console.MarkupLine($"{Markup.Escape(report.Folder)}: {report.Kind}: [{color}]{word}[/]");
        if (report.Tensors.Count > 0)
        {
            Table table = new Table().Border(TableBorder.Simple).AddColumn("tensor")
                .AddColumn(new TableColumn("numbers").RightAligned()).AddColumn(new TableColumn("greatest error").RightAligned())
                .AddColumn(new TableColumn("tolerance").RightAligned()).AddColumn(new TableColumn("share").RightAligned());
            foreach (TensorComparison tensor in report.Tensors)
            {
                string share = tensor.Share.ToString("0.0%", CultureInfo.InvariantCulture);
                table.AddRow(Markup.Escape(tensor.Name), Text(tensor.Values), Text(tensor.MaxError), Text(tensor.Tolerance), tensor.Passed ? share : $"[red]{share}[/]");
            }

            console.Write(table);
        }

        foreach (string line in report.Lines) console.MarkupLine("  " + Markup.Escape(line));
    }

    /// <summary>One line for a folder: verdict, greatest error as a share of what is allowed, folder, and the last of its sentences.</summary>
    public static void PrintLine(FolderReport report, IAnsiConsole console)
    {
        (string word, string color) = Words(report.Verdict);
        string share = report.Tensors.Count == 0 ? "" : report.Tensors.Max(t => t.Share).ToString("0.0%", CultureInfo.InvariantCulture);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(report.Folder));
        console.MarkupLine($"[{color}]{word,-7}[/] {share,7}  {Markup.Escape(name.PadRight(36))}  {Markup.Escape(report.Lines.Count == 0 ? "" : report.Lines[^1])}");
    }

    /// <summary>The last line.</summary>
    public static string VerdictLine(IReadOnlyCollection<FolderReport> reports)
    {
        int failed = reports.Count(r => r.Verdict == Verdict.Failed);
        int notRun = reports.Count(r => r.Verdict == Verdict.NotSupported);
        return FormattableString.Invariant($"verify: {reports.Count - failed - notRun} of {reports.Count} passed, {failed} failed, {notRun} not run")
            + (notRun > 0 ? " (not supported yet)" : "");
    }

    /// <summary>All reports as properties of an object.</summary>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyCollection<FolderReport> reports)
    {
        json.WriteString("verdict", VerdictLine(reports));
        json.WriteStartArray("folders");
        foreach (FolderReport report in reports) WriteJson(json, report);
        json.WriteEndArray();
    }

    private static void WriteJson(Utf8JsonWriter json, FolderReport report)
    {
        json.WriteStartObject();
        json.WriteString("folder", report.Folder);
        json.WriteString("kind", report.Kind);
        json.WriteString("verdict", report.Verdict switch { Verdict.Passed => "passed", Verdict.Failed => "failed", _ => "not_supported" });
        json.WriteStartArray("lines");
        foreach (string line in report.Lines) json.WriteStringValue(line);
        json.WriteEndArray();
        json.WriteStartArray("tensors");
        foreach (TensorComparison tensor in report.Tensors)
        {
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteNumber("values", tensor.Values);

            // JSON has no infinity.
            if (double.IsFinite(tensor.MaxError)) json.WriteNumber("max_error", tensor.MaxError);
            else json.WriteNull("max_error");
            json.WriteNumber("tolerance", tensor.Tolerance);
            json.WriteBoolean("passed", tensor.Passed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (string Word, string Color) Words(Verdict verdict) => verdict switch
    {
        Verdict.Passed => ("passed", "green"),
        Verdict.Failed => ("FAILED", "red"),
        _ => ("not run", "yellow"),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
