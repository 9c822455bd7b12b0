using System.Globalization;
using Microsoft.Build.Framework;

namespace BertCompiler.Tasks;

/// <summary>MSBuild's items → <see cref="ModelItem"/>.</summary>
internal static class ItemReader
{
    /// <summary>Metadata of an item that a wildcard for folders made: where its element stands.</summary>
    public const string FileMetadata = "BertFile", LineMetadata = "BertLine", ColumnMetadata = "BertColumn";

    /// <summary>Reads an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="type">Its type.</param>
    /// <param name="project">The project file, for items of which MSBuild does not say where they stand.</param>
    /// <param name="texts">Project files that were read before.</param>
    public static ModelItem Read(ITaskItem item, string type, string project, IDictionary<string, ProjectText> texts)
    {
        string word(string name) => item.GetMetadata(name).Trim();
        return new ModelItem
        {
            Type = type,
            Include = item.ItemSpec,
            FullPath = item.GetMetadata("FullPath"),
            Class = word("Class"),
            Weights = word("Weights"),
            Taps = word("Taps"),
            Precision = word("Precision"),
            Head = word("Head"),
            Access = word("Access"),
            Place = PlaceOf(item, type, project, texts),
        };
    }

    private static ItemPlace PlaceOf(ITaskItem item, string type, string project, IDictionary<string, ProjectText> texts)
    {
        if (item.GetMetadata(FileMetadata) is { Length: > 0 } known) return new ItemPlace(known, Number(item.GetMetadata(LineMetadata)), Number(item.GetMetadata(ColumnMetadata)));
        string file = item.GetMetadata("DefiningProjectFullPath");
        if (file.Length == 0) file = project;
        if (!texts.TryGetValue(file, out ProjectText? text)) texts[file] = text = ProjectText.Read(file);
        return text.Find(type, item.ItemSpec);
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
