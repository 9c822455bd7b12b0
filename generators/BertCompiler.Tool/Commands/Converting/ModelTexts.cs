namespace BertCompiler.Tool.Commands.Converting;

/// <summary>Copies what lies beside weights and config.json: tokenizer files, settings, the model's description and licence.</summary>
internal static class ModelTexts
{
    /// <summary>The largest vocabularies published take some 20 MB.</summary>
    private const long MostBytes = 64L << 20;

    /// <summary><c>.model</c> is a SentencePiece vocabulary.</summary>
    private static readonly string[] Endings = [".json", ".txt", ".model", ".md", ".jinja"];

    private static readonly string[] Licences = ["LICENSE", "LICENCE", "NOTICE"];

    /// <summary>What the new folder has in another form: the configuration, and which shard holds what.</summary>
    private static readonly string[] Replaced = ["bert_config.json"];

    /// <summary>Copies the files of one folder, not of those in it; a module without files needs no folder. The copies are the person's own, whoever may write the originals.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Copy(string source, string target, CancellationToken cancellation)
    {
        if (!Directory.Exists(source)) return;
        Directory.CreateDirectory(target);
        foreach (string file in Directory.EnumerateFiles(source))
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsText(Path.GetFileName(file)) && new FileInfo(file).Length <= MostBytes) CopyFile(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }

    /// <summary>Copies a file's bytes, without its permissions.</summary>
    public static void CopyFile(string source, string target)
    {
        using FileStream from = File.OpenRead(source);
        using FileStream to = File.Create(target);
        from.CopyTo(to);
    }

    private static bool IsText(string name) =>
        (Array.Exists(Endings, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) || Array.Exists(Licences, l => name.StartsWith(l, StringComparison.Ordinal)))
        && !Array.Exists(Replaced, r => r == name)
        && !name.EndsWith(".index.json", StringComparison.OrdinalIgnoreCase);
}
