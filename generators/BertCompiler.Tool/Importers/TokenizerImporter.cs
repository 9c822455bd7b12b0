using BertCompiler.Core.Problems;
using BertCompiler.Core.Weights;
using BertCompiler.Tool.Packing;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Tool.Importers;

/// <summary>A folder's tokenizer alone → manifest and packed file, without a model. Everything in the folder is hostile until checked.</summary>
internal static class TokenizerImporter
{
    /// <summary>Files of a vocabulary, in the order in which they are looked for.</summary>
    private static readonly string[] TokenizerFiles = ["tokenizer.json", "vocab.txt", "vocab.json"];

    /// <summary>
    /// Imports a folder: <c>NAME.bertw</c>, header and tables, then <c>NAME.bertmanifest</c>, the latter only where its text differs. Each file
    /// appears whole or not at all. Never throws for what the folder holds.
    /// </summary>
    /// <exception cref="IOException">The target cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The target cannot be written.</exception>
    public static TokenizerImportResult Import(string folder, ImportTarget target) => Import(folder, target, section =>
    {
        using var writer = new PackedFileWriter(target.WeightsPath);
        long start = writer.Position;
        writer.Write(section);
        return writer.Commit(start);
    });

    /// <summary>Imports a folder as far as an editor needs it: the manifest alone, whose content hash is zeros.</summary>
    /// <inheritdoc cref="Import(string, ImportTarget)" path="/exception"/>
    public static TokenizerImportResult ImportManifest(string folder, ImportTarget target) => Import(folder, target, _ => new string('0', 64));

    private static TokenizerImportResult Import(string folder, ImportTarget target, Func<byte[], string> pack)
    {
        var problems = new ProblemList();
        TokenizerManifest? manifest = null;
        TokenizerDescription? tokenizer = null;
        byte[]? section = null;
        ImportGuard.Run(folder, problems, () =>
        {
            (string source, tokenizer) = Read(folder, problems);
            if (tokenizer is not null) section = ToSection(tokenizer, source);
        });
        if (tokenizer is not null && section is not null)
        {
            Directory.CreateDirectory(target.Folder);
            manifest = new TokenizerManifest
            {
                Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
                Tokenizer = TokenizerSpecs.Of(tokenizer),
                ContentHash = pack(section),
                TokenizerBytes = section.Length,
            };
            ImportWriter.WriteIfDifferent(target.ManifestPath, TokenizerManifestText.Write(manifest));
        }

        return new(manifest, problems.Items);
    }

    /// <summary>The tokenizer that a model of this folder would have: also where modules.json puts it, and with texts lowered where the modules ask for it.</summary>
    private static (string Folder, TokenizerDescription? Tokenizer) Read(string folder, ProblemList problems)
    {
        SentenceFolder sentence = SentenceFolder.Read(folder, problems);
        TokenizerReading reading = TokenizerReader.Read(sentence.TransformerFolder, tableRows: null);
        foreach (Problem problem in reading.Problems) problems.Add(problem);
        if (reading.Tokenizer is null && !problems.HasErrors) problems.Error(ProblemKinds.TokenizerMissing, folder, NoTokenizer(folder));
        return (sentence.TransformerFolder, reading.Tokenizer is not null && sentence.ReadLowersTexts() ? reading.Tokenizer.Lowered() : reading.Tokenizer);
    }

    private static string NoTokenizer(string folder) => Directory.Exists(folder)
        ? "there is no tokenizer: expected tokenizer.json, vocab.txt, vocab.json with merges.txt, or a SentencePiece model"
        : "there is no tokenizer, for there is no such folder";

    /// <summary>The section of the packed file.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="folder">Where its files lie.</param>
    /// <exception cref="ImportException">It is sound and cannot be packed.</exception>
    internal static byte[] ToSection(TokenizerDescription tokenizer, string folder)
    {
        try
        {
            return TokenizerSection.ToArray(tokenizer);
        }
        catch (InvalidDataException e)
        {
            string? file = Array.Find(TokenizerFiles, name => File.Exists(Path.Combine(folder, name)));
            throw new ImportException(ProblemKinds.TokenizerUnsupported, file is null ? folder : Path.Combine(folder, file), e.Message);
        }
    }
}
