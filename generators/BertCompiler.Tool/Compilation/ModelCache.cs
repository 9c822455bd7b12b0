using System.Security.Cryptography;
using System.Text;
using BertCompiler.Core.Emit;
using BertCompiler.Core.Emit.Cpu;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Weights;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Compilation;

/// <summary>
/// Compiled models and tokenizers in the user's cache folder. A model's place is named by the SHA-256 of every file that an import reads, of
/// the taps and of this program: what is found there needs no second look.
/// </summary>
internal sealed class ModelCache(string root)
{
    private const string AssemblyName = "BertCompiler.InMemory";
    private const string FilesName = "model";

    /// <summary>The cache of the current user: <c>$XDG_CACHE_HOME/bertcompiler</c>, or the system's folder for local data.</summary>
    public static ModelCache OfUser { get; } = new(Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "bertcompiler"));

    /// <summary>The compiled form of a model folder, made if it is not there yet.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="taps">Intermediate results wanted.</param>
    /// <param name="progress">Reports packing, from 0 to 1.</param>
    /// <param name="cancellation">Stops the work; nothing half-written stays.</param>
    public CachedModel Get(string folder, Taps taps, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Get(folder, taps, ImportOptions.Default, progress, cancellation);

    /// <summary>The compiled form of a model folder that is imported with options.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="taps">Intermediate results wanted.</param>
    /// <param name="options">What the import is told beyond the folder.</param>
    /// <param name="progress">Reports packing, from 0 to 1.</param>
    /// <param name="cancellation">Stops the work; nothing half-written stays.</param>
    public CachedModel Get(string folder, Taps taps, ImportOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        string place = Path.Combine(root, KeyOf(folder, $"{taps}\n{options}", cancellation));
        var target = new ImportTarget(place, FilesName);
        string assembly = Path.Combine(place, AssemblyName + ".dll");
        if (Find(assembly, target, ManifestText.Read) is { } cached) return new CachedModel(new ImportResult(cached, [], []), target.WeightsPath, assembly);

        string draft = NewDraft();
        try
        {
            ImportResult result = ModelImporter.Import(folder, new ImportTarget(draft, FilesName), options, progress, cancellation);
            if (result.Manifest is { } manifest) Compile(ModelRequest.For(manifest, taps), draft, place, cancellation);
            return new CachedModel(result, target.WeightsPath, assembly);
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }
    }

    /// <summary>The compiled form of a folder's tokenizer alone, made if it is not there yet.</summary>
    /// <param name="folder">The folder with the tokenizer's files.</param>
    /// <param name="cancellation">Stops the work; nothing half-written stays.</param>
    public CachedTokenizer GetTokenizer(string folder, CancellationToken cancellation = default)
    {
        string place = Path.Combine(root, KeyOf(folder, "tokenizer", cancellation));
        var target = new ImportTarget(place, FilesName);
        string assembly = Path.Combine(place, AssemblyName + ".dll");
        if (Find(assembly, target, TokenizerManifestText.Read) is { } cached) return new CachedTokenizer(new TokenizerImportResult(cached, []), target.WeightsPath, assembly);

        string draft = NewDraft();
        try
        {
            TokenizerImportResult result = TokenizerImporter.Import(folder, new ImportTarget(draft, FilesName));
            if (result.Manifest is { } manifest) Compile(ModelRequest.For(manifest), draft, place, cancellation);
            return new CachedTokenizer(result, target.WeightsPath, assembly);
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }
    }

    /// <summary>The manifest of what is there whole; null: nothing is. What somebody spoiled is thrown away and made again.</summary>
    private static T? Find<T>(string assembly, ImportTarget target, Func<string, T> read) where T : class
    {
        if (!File.Exists(assembly)) return null;
        try
        {
            if (File.Exists(target.WeightsPath)) return read(File.ReadAllText(target.ManifestPath));
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
        }

        Directory.Delete(target.Folder, recursive: true);
        return null;
    }

    private string NewDraft() => Path.Combine(root, "draft-" + Guid.NewGuid().ToString("N"));

    private static void Compile(SourceRequest request, string draft, string place, CancellationToken cancellation)
    {
        RoslynCompiler.Compile(CSharpEmitter.Emit(request), AssemblyName, Path.Combine(draft, AssemblyName + ".dll"));
        cancellation.ThrowIfCancellationRequested();
        Publish(draft, place);
    }

    /// <summary>One rename; where another process was faster, its folder holds the same.</summary>
    private static void Publish(string draft, string place)
    {
        try
        {
            Directory.Move(draft, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
        }
    }

    private static string KeyOf(string folder, string options, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{options}\n{typeof(ModelCache).Module.ModuleVersionId}\n{typeof(CSharpEmitter).Module.ModuleVersionId}\n{typeof(EncoderModel).Module.ModuleVersionId}\n"));
        byte[] buffer = new byte[1 << 20];
        foreach (string path in ModelFiles.Of(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            using FileStream file = File.OpenRead(path);
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(folder, path)}\n{file.Length}\n"));
            for (int read; (read = file.Read(buffer)) > 0;) hash.AppendData(buffer.AsSpan(0, read));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }
}
