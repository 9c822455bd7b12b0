namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>A variable of google-research/bert under its Hugging Face name.</summary>
/// <param name="Name">The name, <c>bert.pooler.dense.weight</c>.</param>
/// <param name="IsKernel">Whether it is stored [inputs, outputs], and Hugging Face wants [outputs, inputs].</param>
internal readonly record struct BertVariable(string Name, bool IsKernel);
