namespace BertCompiler.Tasks;

/// <summary>An item that was checked: what the build does for it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Folder">Full path of the folder, without a separator at its end.</param>
/// <param name="ClassName">Full name of the class.</param>
/// <param name="Embedded">Whether the weights go into the program.</param>
/// <param name="WeightsFile">The file of weights, relative to the folder; empty: the one that transformers would read.</param>
internal sealed record ResolvedItem(ModelItem Item, string Folder, string ClassName, bool Embedded, string WeightsFile);
