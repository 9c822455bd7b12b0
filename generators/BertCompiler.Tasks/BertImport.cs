using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace BertCompiler.Tasks;

/// <summary>
/// Runs <c>bertc import-all</c> for the models and tokenizers of a project. MSBuild's Exec would put folders and classes into a command of a
/// shell, which expands <c>$(…)</c>, backquotes and <c>%…%</c> in them; here they are lines of a file, whatever characters they hold.
/// </summary>
/// <remarks>bertc prints problems in the form that MSBuild reads; the task succeeds whatever it finds, and hands out the exit code.</remarks>
public sealed class BertImport : ToolTask
{
    /// <summary>The program <c>dotnet</c>: a path, or a name that is looked up in PATH.</summary>
    [Required]
    public string Host { get; set; } = "";

    /// <summary>Path of bertc.dll.</summary>
    [Required]
    public string Bertc { get; set; } = "";

    /// <summary>The models and tokenizers, as <see cref="BertResolve"/> gives them.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>The file that tells bertc what to import; written where it differs.</summary>
    [Required]
    public string List { get; set; } = "";

    /// <summary>Whether only manifests are wanted and faults are warnings, as in an editor's builds.</summary>
    public bool Lenient { get; set; }

    /// <summary>Where the pages of the ids are: a folder, or the beginning of a web address.</summary>
    public string HelpFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override string ToolName => Path.GetFileName(Host);

    /// <inheritdoc/>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.Normal;

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.High;

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => Host;

    /// <inheritdoc/>
    public override bool Execute()
    {
        string text = string.Concat(Models.Select(m => OrderOf(m) + "\n"));
        Directory.CreateDirectory(Path.GetDirectoryName(List)!);
        if (!File.Exists(List) || File.ReadAllText(List) != text) File.WriteAllText(List, text);
        return base.Execute();
    }

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        List<string> arguments = ["exec", Bertc, "import-all", List];
        if (Lenient) arguments.Add("--editor");
        return ProcessArguments.Join(arguments);
    }

    // Record, folder, and options of "bertc import", separated by tabs.
    private string OrderOf(ITaskItem model)
    {
        string weights = model.GetMetadata("WeightsFile"), head = model.GetMetadata("Head"), precision = model.GetMetadata("Precision");
        List<string> fields = [model.GetMetadata("Record"), model.GetMetadata("Folder")];
        if (model.GetMetadata("ItemName") == ModelItem.TokenizerType) fields.Add("--tokenizer");
        if (weights.Length > 0) fields.Add("--weights=" + weights);
        if (head.Length > 0) fields.Add("--head=" + head);
        if (precision.Length > 0 && model.GetMetadata("ItemName") != ModelItem.TokenizerType) fields.Add("--precision=" + precision);
        if (Lenient) fields.Add("--no-weights");
        return string.Join("\t", fields.Select(Escape));
    }

    /// <summary>A field without what separates fields and lines; <c>ImportOrder</c> of the tool reads it.</summary>
    private static string Escape(string field) => field.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\n", "\\n").Replace("\r", "\\r");

    /// <summary>A line of bertc's: a problem with its file, line and help page, or text.</summary>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (ProblemLine.Read(singleLine) is { } problem) ProblemLog.Write(Log, problem, HelpFolder);
        else base.LogEventsFromTextOutput(singleLine, messageImportance);
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors() => true;
}
