using BertCompiler.Core.Spec;

namespace BertCompiler.Tool.Importers;

/// <summary>What a person names as a model: its folder, or one file of weights in it where there are several.</summary>
/// <param name="Folder">The model folder.</param>
/// <param name="Weights">The file of weights, relative to the folder; null: the one that the folder means.</param>
internal sealed record ModelPath(string Folder, string? Weights)
{
    /// <summary>The head that is asked for; null: what the folder means.</summary>
    public string? Head { get; init; }

    /// <summary>What the numbers of packed matrices are to be.</summary>
    public ElementType Precision { get; init; }

    /// <summary>Hubs keep weights one folder below config.json (<c>onnx/model.onnx</c>); more than this many are not climbed.</summary>
    private const int MostLevels = 3;

    private static readonly string[] Marks = ["config.json", "modules.json", "bert_config.json", "tokenizer.json", "vocab.txt"];

    /// <summary>The path as messages name it.</summary>
    public override string ToString() => Weights is null ? Folder : Path.Combine(Folder, Weights);

    /// <summary>What the import is told.</summary>
    public ImportOptions Options => ImportOptions.Default with { Weights = Weights, Head = Head, Precision = Precision };

    /// <summary>Reads a path. A file belongs to the nearest folder above it that looks like a model's, else to its own.</summary>
    public static ModelPath Of(string path)
    {
        if (!File.Exists(path)) return new ModelPath(path, null);
        string own = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string? folder = own;
        for (int level = 0; level < MostLevels && folder is not null; level++, folder = Path.GetDirectoryName(folder))
        {
            if (Array.Exists(Marks, mark => File.Exists(Path.Combine(folder, mark)))) return In(folder);
        }

        return In(own);

        ModelPath In(string root) => new(root, Path.GetRelativePath(root, Path.GetFullPath(path)).Replace('\\', '/'));
    }
}
