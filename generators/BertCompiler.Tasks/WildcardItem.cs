namespace BertCompiler.Tasks;

/// <summary>A folder that a wildcard found.</summary>
/// <param name="Type">The item's type.</param>
/// <param name="Include">The folder, relative to the project file's.</param>
/// <param name="Metadata">What the element says of all its items, as MSBuild escapes it.</param>
/// <param name="Place">Where the element stands.</param>
internal sealed record WildcardItem(string Type, string Include, IReadOnlyDictionary<string, string> Metadata, ItemPlace Place);
