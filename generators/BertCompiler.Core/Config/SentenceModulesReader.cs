using BertCompiler.Core.Problems;

namespace BertCompiler.Core.Config;

/// <summary>
/// Reads modules.json (sentence-transformers, <c>SentenceTransformer._load_sbert_model</c>). Module types have had several Python paths over
/// the years; their last part has stayed.
/// </summary>
public static class SentenceModulesReader
{
    /// <summary>More than any folder has.</summary>
    private const int MostModules = 64;

    private const string Order = "a Transformer, then one Pooling or SpladePooling, then Dense, LayerNorm, Normalize and Dropout in any order";

    /// <summary>Reads the list of modules; null where problems were reported.</summary>
    /// <param name="root">The parsed file.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <param name="isCrossEncoder">Whether the folder says that it scores pairs: then nothing may follow the transformer.</param>
    /// <param name="problems">Takes what was found.</param>
    public static SentenceModules? Read(ConfigNode root, string file, bool isCrossEncoder, ProblemList problems)
    {
        if (root.Kind != ConfigNodeKind.List)
        {
            problems.Error(ProblemKinds.ConfigMalformed, file, $"expected a JSON array of modules, found {root.Describe()}", root.Line, root.Column);
            return null;
        }

        int before = problems.Items.Count;
        string? transformer = null;
        var modules = new List<ModuleEntry>();
        foreach (ConfigNode module in root.Items)
        {
            var fields = new ConfigFields(module, file, problems);
            string type = fields.OptionalText("type", "");
            string path = ReadPath(fields);
            string name = type[(type.LastIndexOf('.') + 1)..];
            if (transformer is null && name is "Transformer" or "MLMTransformer")
            {
                transformer = path;
                continue;
            }

            bool inPlace = Enum.TryParse(name, out ModuleKind kind) && string.Equals(kind.ToString(), name, StringComparison.Ordinal)
                && transformer is not null && modules.Count < MostModules && !isCrossEncoder && Fits(kind, type, modules);
            if (!inPlace)
            {
                fields.Error(ProblemKinds.ConfigUnsupported, module["type"], $"'type': the module '{type}' is not supported at this place (supported: {(isCrossEncoder ? "a Transformer alone, for a cross-encoder" : Order)})");
                return null;
            }

            modules.Add(new ModuleEntry(kind, path));
        }

        if (problems.Items.Count > before) return null;
        if (transformer is null || (modules.Count == 0 && !isCrossEncoder))
        {
            problems.Error(ProblemKinds.ConfigUnsupported, file, $"the modules lack a {(transformer is null ? "Transformer" : "Pooling")}", root.Line, root.Column);
            return null;
        }

        SentenceFolderKind folder = isCrossEncoder ? SentenceFolderKind.CrossEncoder
            : modules[0].Kind == ModuleKind.SpladePooling ? SentenceFolderKind.SparseEncoder
            : SentenceFolderKind.Embedder;
        return new SentenceModules(transformer, folder, new(modules));
    }

    /// <summary>A pooling comes first and once; of a sparse encoder nothing but Dropout follows it.</summary>
    private static bool Fits(ModuleKind kind, string type, List<ModuleEntry> before) => kind switch
    {
        ModuleKind.Pooling => before.Count == 0 && !IsSparse(type),
        ModuleKind.SpladePooling => before.Count == 0,
        ModuleKind.Dropout => before.Count > 0,
        _ => before.Count > 0 && before[0].Kind == ModuleKind.Pooling && !IsSparse(type),
    };

    private static bool IsSparse(string type) => type.Split('.').Any(part => string.Equals(part, "sparse_encoder", StringComparison.Ordinal));

    private static string ReadPath(ConfigFields fields)
    {
        string path = fields.OptionalText("path", "");
        if (path.Length == 0 || RelativePath.IsInside(path)) return path;
        fields.Error(ProblemKinds.PathEscape, null, $"'path': '{path}' does not stay inside the model folder");
        return "";
    }
}
