namespace BertCompiler.Tasks;

/// <summary>Where an item stands: a project file, and line and column from 1, or 0 where they are not known.</summary>
internal sealed record ItemPlace(string File, int Line, int Column);
