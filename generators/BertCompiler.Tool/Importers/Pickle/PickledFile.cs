namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>What was read from a PyTorch file before anything is made of it.</summary>
/// <param name="Root">The value that was saved.</param>
/// <param name="Storages">The storages by their keys.</param>
/// <param name="What">What the pickle is called in messages.</param>
internal sealed record PickledFile(object? Root, IReadOnlyDictionary<string, StorageRun> Storages, string What);
