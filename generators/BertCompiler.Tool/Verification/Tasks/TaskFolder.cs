using System.Text.Json;
using System.Text.Json.Nodes;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>
/// A folder of reference results for one task: <c>case.json</c>, which names the task, results, and a model; or only those files of the model
/// that differ from another folder's, which <c>base</c> names.
/// </summary>
internal sealed class TaskFolder : IDisposable
{
    private const string DescriptionFile = "case.json";

    private static readonly string[] _modelFiles = ["model.safetensors", "config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"];

    private static readonly string[] _sentenceFiles = ["modules.json", "config_sentence_transformers.json", .. SentenceFolder.TransformerFiles];

    private readonly List<string> _temporary = [];

    private TaskFolder(string path, JsonElement description)
    {
        Path = path;
        Description = description;
    }

    public string Path { get; }

    /// <summary>case.json.</summary>
    public JsonElement Description { get; }

    /// <summary>The task that a folder is for; null where it is for none.</summary>
    public static string? TaskOf(string folder)
    {
        string file = System.IO.Path.Combine(folder, DescriptionFile);
        if (!File.Exists(file)) return null;
        try
        {
            JsonElement description = JsonRows.ReadFile(file);
            return description.ValueKind == JsonValueKind.Object && description.Find("task") is { ValueKind: JsonValueKind.String } task ? task.GetString() : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public static TaskFolder Open(string folder) => new(folder, JsonRows.ReadFile(System.IO.Path.Combine(folder, DescriptionFile)));

    public string FileOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The results, one a line.</summary>
    public IEnumerable<JsonElement> Rows(string name = "cases.jsonl") => JsonRows.Read(FileOf(name));

    /// <summary>The folder of the whole model: this one, or a temporary one in which base and own files are put together.</summary>
    /// <param name="configuration">Fields to be set in config.json; null: none.</param>
    public string Model(JsonElement? configuration = null)
    {
        string? other = Description.Find("base")?.GetString();
        if (other is null && configuration is null) return Path;
        string folder = Directory.CreateTempSubdirectory("bertc-").FullName;
        _temporary.Add(folder);
        if (other is not null)
        {
            string source = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, other));
            string target = System.IO.Path.Combine(folder, Description.Find("base_into")?.GetString() ?? "");
            Directory.CreateDirectory(target);
            foreach (string file in _modelFiles.Where(f => File.Exists(System.IO.Path.Combine(source, f)))) File.Copy(System.IO.Path.Combine(source, file), System.IO.Path.Combine(target, file));
        }

        foreach (string file in OwnFiles())
        {
            string target = System.IO.Path.Combine(folder, file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(FileOf(file), target, overwrite: true);
        }

        if (configuration is { } fields) Configure(System.IO.Path.Combine(folder, "config.json"), fields);
        return folder;
    }

    public void Dispose()
    {
        foreach (string folder in _temporary) Directory.Delete(folder, recursive: true);
    }

    /// <summary>The files of the model that lie here, and of its modules, whose folders modules.json names.</summary>
    private IEnumerable<string> OwnFiles()
    {
        foreach (string file in _modelFiles.Concat(_sentenceFiles).Where(f => File.Exists(FileOf(f)))) yield return file;
        if (!File.Exists(FileOf("modules.json"))) yield break;
        foreach (string file in Directory.GetDirectories(Path).SelectMany(d => Directory.GetFiles(d, "*", SearchOption.AllDirectories))) yield return System.IO.Path.GetRelativePath(Path, file);
    }

    private static void Configure(string file, JsonElement fields)
    {
        JsonObject config = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        foreach (JsonProperty field in fields.EnumerateObject()) config[field.Name] = JsonNode.Parse(field.Value.GetRawText());
        File.Delete(file);
        File.WriteAllText(file, config.ToJsonString());
    }
}
