using BertCompiler.Core.Problems;

namespace BertCompiler.Core.Config;

/// <summary>
/// Reads modules.json (sentence-transformers, <c>SentenceTransformer._load_sbert_model</c>). Module types have had several Python paths over
/// the years; their last part has stayed.
/// </summary>
public static class SentenceModulesReader
{
    /// <summary>Reads the list of modules; null where problems were reported.</summary>
    public static SentenceModules? Read(ConfigNode root, string file, ProblemList problems)
    {
        if (root.Kind != ConfigNodeKind.List)
        {
            problems.Error(ProblemKinds.ConfigMalformed, file, $"expected a JSON array of modules, found {root.Describe()}", root.Line, root.Column);
            return null;
        }

        int before = problems.Items.Count;
        string? transformer = null;
        string? pooling = null;
        bool normalize = false;
        foreach (ConfigNode module in root.Items)
        {
            var fields = new ConfigFields(module, file, problems);
            string type = fields.OptionalText("type", "");
            string kind = type[(type.LastIndexOf('.') + 1)..];
            string path = ReadPath(fields);
            bool inPlace = kind switch
            {
                "Transformer" => transformer is null && pooling is null,
                "Pooling" => transformer is not null && pooling is null && !IsSparse(type),
                "Normalize" or "Dropout" => pooling is not null,
                _ => false,
            };
            if (!inPlace)
            {
                fields.Error(ProblemKinds.ConfigUnsupported, module["type"], $"'type': the module '{type}' is not supported at this place (supported: one Transformer, then one Pooling, then Normalize)");
                return null;
            }

            if (string.Equals(kind, "Transformer", StringComparison.Ordinal)) transformer = path;
            else if (string.Equals(kind, "Pooling", StringComparison.Ordinal)) pooling = path;
            else normalize |= string.Equals(kind, "Normalize", StringComparison.Ordinal);
        }

        if (problems.Items.Count > before) return null;
        if (transformer is not null && pooling is not null) return new SentenceModules(transformer, pooling, normalize);
        problems.Error(ProblemKinds.ConfigUnsupported, file, $"the modules lack a {(transformer is null ? "Transformer" : "Pooling")}", root.Line, root.Column);
        return null;
    }

    private static bool IsSparse(string type) => type.Split('.').Any(part => string.Equals(part, "sparse_encoder", StringComparison.Ordinal));

    private static string ReadPath(ConfigFields fields)
    {
        string path = fields.OptionalText("path", "");
        if (path.Length == 0 || RelativePath.IsInside(path)) return path;
        fields.Error(ProblemKinds.PathEscape, null, $"'path': '{path}' does not stay inside the model folder");
        return "";
    }
}
