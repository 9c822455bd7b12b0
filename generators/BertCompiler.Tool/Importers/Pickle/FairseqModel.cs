namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>A fairseq model under the names of Hugging Face.</summary>
/// <param name="Views">Its tensors.</param>
/// <param name="MissingTables">Tables that fairseq leaves out and that count as zeros.</param>
/// <param name="HeadName">The name of its classification head; null: it has none.</param>
internal sealed record FairseqModel(IReadOnlyList<TensorView> Views, IReadOnlyList<TensorInfo> MissingTables, string? HeadName)
{
    /// <summary>The tensor of that name; null: there is none.</summary>
    public TensorView? Find(string name) => Views.FirstOrDefault(v => v.Name == name);
}
