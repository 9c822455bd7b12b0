using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>One file of a sentence-transformers folder, which is imported whole or not at all.</summary>
internal sealed class FolderTarget : IFuzzTarget
{
    private readonly string _file;
    private readonly TemporaryFolder _folder = new();

    public FolderTarget(string file)
    {
        _file = file;
        Save(_folder);
        Seeds = [File.ReadAllBytes(Input)];
    }

    public string Name => "folder-" + Path.ChangeExtension(_file, null).Replace('/', '-').ToLowerInvariant();

    public IReadOnlyList<byte[]> Seeds { get; }

    public IReadOnlyList<byte[]> Words { get; } =
    [
        "\"x.Dense\""u8.ToArray(), "\"sentence_transformers.models.Pooling\""u8.ToArray(), "\"../x\""u8.ToArray(), "\"pooling_mode\": \"cls\""u8.ToArray(), "\"pooling_mode_max_tokens\": true"u8.ToArray(),
        "\"include_prompt\": false"u8.ToArray(), "\"max_seq_length\": "u8.ToArray(), "\"in_features\": "u8.ToArray(), "\"activation_function\": \"torch.nn.modules.linear.Identity\""u8.ToArray(),
    ];

    public IFuzzGrammar Grammar => JsonGrammar.Instance;

    public int BoundedRuns => 200;

    private string Input => _folder["model/" + _file];

    public void Run(byte[] input)
    {
        File.WriteAllBytes(Input, input);
        var target = new ImportTarget(_folder["out"], "m");
        if (Directory.Exists(target.Folder)) Directory.Delete(target.Folder, recursive: true);
        ImportResult result = ModelImporter.Import(_folder["model"], target);
        Assert.Equal(result.Succeeded, result.Problems.All(p => p.Severity != Severity.Error));
        Assert.Equal(result.Succeeded ? 2 : 0, Directory.Exists(target.Folder) ? Directory.GetFiles(target.Folder).Length : 0);
    }

    public void Dispose() => _folder.Dispose();

    private static void Save(TemporaryFolder folder)
    {
        new TinyModel(8, 2, 1, 12).Save(folder["model"]);
        Directory.CreateDirectory(folder["model/1_Pooling"]);
        Directory.CreateDirectory(folder["model/2_Dense"]);
        File.WriteAllText(folder["model/modules.json"], """
            [{"idx": 0, "path": "", "type": "x.Transformer"}, {"idx": 1, "path": "1_Pooling", "type": "x.Pooling"},
             {"idx": 2, "path": "2_Dense", "type": "x.Dense"}, {"idx": 3, "path": "3_Normalize", "type": "x.Normalize"}]
            """);
        File.WriteAllText(folder["model/1_Pooling/config.json"], """{"word_embedding_dimension": 8, "pooling_mode_cls_token": false, "pooling_mode_mean_tokens": true}""");
        File.WriteAllText(folder["model/2_Dense/config.json"], """{"in_features": 8, "out_features": 4, "bias": true, "activation_function": "torch.nn.modules.activation.Tanh"}""");
        SafeTensorsWriter.Write(folder["model/2_Dense/model.safetensors"], [TensorData.OfSingles("linear.weight", new float[32], 4, 8), TensorData.OfSingles("linear.bias", new float[4], 4)]);
        File.WriteAllText(folder["model/sentence_bert_config.json"], """{"max_seq_length": 8, "do_lower_case": true}""");
    }
}
