using System.Xml;
using System.Xml.Linq;

namespace BertCompiler.Tasks;

/// <summary>A project file as its author wrote it: where items stand, and Includes with wildcards, of which MSBuild shows only what they matched.</summary>
internal sealed class ProjectText
{
    private readonly string _file;
    private readonly XElement[] _elements;

    private ProjectText(string file, XElement[] elements)
    {
        _file = file;
        _elements = elements;
    }

    /// <summary>Reads a project file. One that cannot be read has no elements: MSBuild has read it, and told what is wrong with it.</summary>
    public static ProjectText Read(string file)
    {
        try
        {
            var document = XDocument.Load(file, LoadOptions.SetLineInfo);
            return new ProjectText(file, [.. document.Descendants().Where(e => e.Name.LocalName is ModelItem.ModelType or ModelItem.TokenizerType)]);
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new ProjectText(file, []);
        }
    }

    /// <summary>Elements that add items.</summary>
    public IEnumerable<XElement> Elements => _elements.Where(e => IncludeOf(e) is not null);

    /// <summary>The Include of an element; null: it has none.</summary>
    public static string? IncludeOf(XElement element) => (string?)element.Attribute("Include");

    /// <summary>Where an element stands.</summary>
    public ItemPlace PlaceOf(XElement element) => new(_file, ((IXmlLineInfo)element).LineNumber, Math.Max(((IXmlLineInfo)element).LinePosition - 1, 0)); // the place of '<'

    /// <summary>Where an item stands: the one element that names it, or that can have made it by a property or a wildcard; else the file.</summary>
    public ItemPlace Find(string type, string include)
    {
        XElement[] ofType = [.. Elements.Where(e => e.Name.LocalName == type)];
        XElement[] naming = [.. ofType.Where(e => IncludeOf(e)!.Split(';').Any(part => part.Trim() == include))];
        XElement[] candidates = naming.Length > 0 ? naming : [.. ofType.Where(e => IncludeOf(e)!.IndexOfAny(['$', '@', '*', '?', '%']) >= 0)];
        return candidates.Length == 1 ? PlaceOf(candidates[0]) : new ItemPlace(_file, 0, 0);
    }
}
