using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace BertCompiler.Tasks;

/// <summary>
/// Runs <c>bertc import</c> for one model or tokenizer. MSBuild's Exec would put folder and class into a command of a shell, which expands
/// <c>$(…)</c>, backquotes and <c>%…%</c> in them; here they are arguments of the process, whatever characters they hold.
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

    /// <summary>The model folder.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>Where manifest and packed file go.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>Full name of the class: the files' name.</summary>
    [Required]
    public string ClassName { get; set; } = "";

    /// <summary>The file of weights, relative to the folder; empty: the one that transformers would read.</summary>
    public string WeightsFile { get; set; } = "";

    /// <summary>The Hugging Face class to load, or <c>embedding</c>; empty: the one that config.json names.</summary>
    public string Head { get; set; } = "";

    /// <summary>The item's type, BertModel or BertTokenizer.</summary>
    public string ItemType { get; set; } = "";

    /// <summary>Whether only the manifest is wanted, as in an editor's builds.</summary>
    public bool WithoutWeights { get; set; }

    /// <summary>Where the pages of the ids are: a folder, or the beginning of a web address.</summary>
    public string HelpFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override string ToolName => Path.GetFileName(Host);

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.High;

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => Host;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        List<string> arguments =
            ["exec", Bertc, "import", Folder, "--output", OutputFolder.TrimEnd('/', '\\'), "--name=" + ClassName, "--msbuild"];
        if (ItemType == ModelItem.TokenizerType) arguments.Add("--tokenizer");
        if (WithoutWeights) arguments.Add("--no-weights");
        if (WeightsFile.Length > 0) arguments.Add("--weights=" + WeightsFile);
        if (Head.Length > 0) arguments.Add("--head=" + Head);
        return ProcessArguments.Join(arguments);
    }

    /// <summary>A line of bertc's: a problem with its file, line and help page, or text.</summary>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (ProblemLine.Read(singleLine) is { } problem) ProblemLog.Write(Log, problem, HelpFolder);
        else base.LogEventsFromTextOutput(singleLine, messageImportance);
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors() => true;
}
