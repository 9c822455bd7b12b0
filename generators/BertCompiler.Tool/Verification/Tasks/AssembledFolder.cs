using System.Text.Json;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>
/// A folder of task cases as a model folder: where <c>case.json</c> names a <c>base</c>, that folder's model files, in the sub-folder
/// <c>base_into</c>, with the case's own files over them; in a temporary folder, which is deleted at the end.
/// </summary>
internal sealed class AssembledFolder : IDisposable
{
    private static readonly string[] _modelFiles = ["model.safetensors", "config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"];

    private readonly JsonDocument _case;

    private AssembledFolder(string source, JsonDocument description, string? temporary)
    {
        Source = source;
        _case = description;
        Temporary = temporary;
    }

    /// <summary>Where the cases lie.</summary>
    public string Source { get; }

    /// <summary>Where the model lies.</summary>
    public string Model => Temporary ?? Source;

    /// <summary>case.json.</summary>
    public JsonElement Case => _case.RootElement;

    private string? Temporary { get; }

    /// <summary>Whether a folder's case.json names that task.</summary>
    public static bool Is(string folder, string task)
    {
        string path = Path.Combine(folder, CaseFile.Name);
        if (!File.Exists(path)) return false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("task", out JsonElement name) && name.ValueKind == JsonValueKind.String && name.ValueEquals(task);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Puts the folder together.</summary>
    /// <exception cref="InvalidDataException">case.json is not what it should be.</exception>
    /// <exception cref="IOException">A file cannot be copied.</exception>
    public static AssembledFolder Open(string folder)
    {
        JsonDocument description = Parse(Path.Combine(folder, CaseFile.Name));
        if (!description.RootElement.TryGetProperty("base", out JsonElement basis)) return new AssembledFolder(folder, description, temporary: null);
        var assembled = new AssembledFolder(folder, description, Directory.CreateTempSubdirectory("bertc-").FullName);
        try
        {
            string from = Path.GetFullPath(Path.Combine(folder, basis.GetString()!));
            string into = Path.Combine(assembled.Model, description.RootElement.TryGetProperty("base_into", out JsonElement sub) ? sub.GetString()! : "");
            Directory.CreateDirectory(into);
            foreach (string name in _modelFiles.Where(n => File.Exists(Path.Combine(from, n)))) File.Copy(Path.Combine(from, name), Path.Combine(into, name));
            foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                string target = Path.Combine(assembled.Model, Path.GetRelativePath(folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target, overwrite: true);
            }

            return assembled;
        }
        catch
        {
            assembled.Dispose();
            throw;
        }
    }

    /// <summary>The lines of a file of JSON lines in the folder.</summary>
    /// <exception cref="InvalidDataException">A line is no JSON.</exception>
    public IEnumerable<JsonElement> Lines(string name)
    {
        string path = Path.Combine(Source, name);
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            JsonElement element;
            try
            {
                element = JsonElement.Parse(line);
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"{path}({number}): {e.Message}", e);
            }

            yield return element;
        }
    }

    /// <summary>The numbers of a tensor, which must be there.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public static float[] Singles(SafeTensorsFile file, string name) =>
        file.ReadSingles(file.Find(name) ?? throw new InvalidDataException($"{file.FilePath}: '{name}' is missing"));

    public void Dispose()
    {
        _case.Dispose();
        if (Temporary is not null) Directory.Delete(Temporary, recursive: true);
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }
}
