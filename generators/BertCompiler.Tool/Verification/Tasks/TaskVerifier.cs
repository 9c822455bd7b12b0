using System.Text.Json;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>A folder of reference results for one task, against the compiled typed class, from text to decoded result.</summary>
/// <param name="cache">Where compiled models are kept.</param>
/// <param name="task">The task's name in case.json.</param>
internal abstract class TaskVerifier(ModelCache cache, string task) : IFolderVerifier
{
    /// <summary>
    /// PyTorch's own fp32 run is within 1.3e-5 of these models' logits, which go up to 18; scores follow from them.
    /// </summary>
    public const double Tolerance = 1e-4;

    /// <inheritdoc/>
    public bool Recognises(string folder) => TaskFolder.TaskOf(folder) == task;

    /// <inheritdoc/>
    public FolderReport Verify(string folder, CancellationToken cancellation)
    {
        string kind = $"reference results of {task}";
        try
        {
            using TaskFolder opened = TaskFolder.Open(folder);
            var tally = new CaseTally(Tolerance);
            Compare(opened, tally, cancellation);
            return tally.Report(folder, kind);
        }
        catch (UnsupportedModelException e)
        {
            return FolderReport.Without(folder, kind, Verdict.NotSupported, e.Message);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ImportException or CommandException or KeyNotFoundException or InvalidOperationException)
        {
            return FolderReport.Without(folder, kind, Verdict.Failed, e.Message);
        }
    }

    /// <summary>Compares all cases of a folder.</summary>
    protected abstract void Compare(TaskFolder folder, CaseTally tally, CancellationToken cancellation);

    /// <summary>Compiles and loads the folder's model.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="configuration">Fields to be set in its config.json.</param>
    /// <exception cref="UnsupportedModelException">It asks for something that does not compile yet.</exception>
    /// <exception cref="CommandException">It cannot be imported, or has another head.</exception>
    protected T Load<T>(TaskFolder folder, CancellationToken cancellation, JsonElement? configuration = null) where T : HeadModel
    {
        string assembled = folder.Model(configuration);
        CachedModel compiled = cache.Get(assembled, Taps.None, CaseHead.OptionsFor(assembled, folder.Description), progress: null, cancellation);
        if (!compiled.Import.Succeeded)
        {
            Problem[] errors = [.. compiled.Import.Problems.Where(p => p.Severity == Severity.Error)];
            string all = string.Join('\n', errors.Select(p => p.ToString()));
            bool unsupported = Array.Exists(errors, p => p.Kind == ProblemKinds.ConfigUnsupported || p.Kind == ProblemKinds.TokenizerUnsupported);
            throw unsupported ? new UnsupportedModelException(all) : new CommandException(all);
        }

        EncoderModel model = compiled.Load();
        if (model is T typed) return typed;
        model.Dispose();
        throw new CommandException($"{folder.Path}: expected a {typeof(T).Name}, the class is a {model.GetType().BaseType!.Name}");
    }
}
