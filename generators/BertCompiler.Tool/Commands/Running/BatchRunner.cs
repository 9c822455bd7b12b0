using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Weights;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Commands.Running;

/// <summary>Runs a model on every group of inputs of a safetensors file and writes every result of it into another.</summary>
internal sealed class BatchRunner(CachedModel compiled, Taps taps)
{
    // What one chunk may take in the widest value: 64 MB of floats, and no more tokens than gain anything.
    private const int FloatsAtOnce = 16 << 20;
    private const int TokensAtOnce = 4096;

    private readonly Manifest _manifest = compiled.Import.Manifest!;
    private readonly ModelSpec _spec = compiled.Import.Manifest!.Spec;

    /// <summary>Runs the model. Every input is checked before anything is computed; the output appears whole or not at all.</summary>
    /// <param name="inputs">The file of inputs.</param>
    /// <param name="output">The file of results: for each group NAME and result R the tensor NAME.R.</param>
    /// <param name="progress">Reports from 0 to 1.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="CommandException">The inputs do not fit the model.</exception>
    public RunSummary Run(string inputs, string output, IProgress<double>? progress, CancellationToken cancellation)
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(inputs);
        IReadOnlyList<InputGroup> groups = new InputGroupReader(file, _spec).Read();
        IReadOnlyList<ModelOutput> results = ModelOutput.Of(_manifest, taps);
        var chunk = new PaddedChunk(file, _spec);
        foreach (InputGroup group in groups) ForEachChunk(chunk, group, () => { }, cancellation);

        TensorDeclaration[] tensors = [.. groups.SelectMany(g => results.Select(r => new TensorDeclaration($"{g.Name}.{r.Name}", new(r.ShapeFor(g)))))];
        using var target = new SafeTensorsOutput(output, tensors);
        using EncoderModel model = compiled.Load();
        var writer = new ResultWriter(target, results);
        long sequences = groups.Sum(g => g.Sequences);
        long done = 0;
        long tokens = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            int firstTensor = g * results.Count;
            ForEachChunk(chunk, groups[g], () =>
            {
                if (chunk.Batch.Count == 0) return;
                writer.Begin(chunk, firstTensor);
                model.Run(chunk.Batch, writer);
                tokens += chunk.Batch.TokenCount;
                progress?.Report((done += chunk.Batch.Count) / (double)sequences);
            }, cancellation);
        }

        target.Commit();
        return new RunSummary(groups.Count, sequences, tokens, tensors.Length);
    }

    private void ForEachChunk(PaddedChunk chunk, InputGroup group, Action work, CancellationToken cancellation)
    {
        if (group.Tokens == 0) return;
        int widest = ForwardPlanner.Plan(_spec, _manifest.Weights, taps).Values.Max(b => b.Columns);
        int rows = Math.Max(Math.Min(FloatsAtOnce / widest, TokensAtOnce) / group.Tokens, 1);
        for (long first = 0; first < group.Sequences; first += rows)
        {
            cancellation.ThrowIfCancellationRequested();
            chunk.Load(group, first, (int)Math.Min(rows, group.Sequences - first));
            work();
        }
    }
}
