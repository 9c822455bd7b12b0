namespace BertCompiler.Tool.Importers;

/// <summary>Where an import writes.</summary>
/// <param name="Folder">The folder; made if it is not there.</param>
/// <param name="Name">The files' name: <c>NAME.bertmanifest</c> and <c>NAME.bertw</c>.</param>
internal sealed record ImportTarget(string Folder, string Name)
{
    /// <summary>The manifest's path.</summary>
    public string ManifestPath => Path.Combine(Folder, Name + ".bertmanifest");

    /// <summary>The packed weights' path.</summary>
    public string WeightsPath => Path.Combine(Folder, Name + ".bertw");
}
