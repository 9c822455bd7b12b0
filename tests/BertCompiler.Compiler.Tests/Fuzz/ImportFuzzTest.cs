using System.Buffers.Binary;
using System.Text;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Json;
using BertCompiler.Tool.Importers.SafeTensors;
using BertCompiler.Weights;

namespace BertCompiler.Compiler.Tests.Fuzz;

/// <summary>Whatever a file holds: it is read, or refused with a problem; never another exception, never a hang.</summary>
public sealed class ImportFuzzTest
{
    [Fact]
    public void Config_json_is_read_or_refused() => FuzzRun.Spoil(Encoding.UTF8.GetBytes(Config()), bytes =>
    {
        var problems = new ProblemList();
        ModelConfig? config = null;
        try
        {
            ConfigNode root = JsonDocumentReader.Parse(bytes, new JsonSource("config.json", ProblemKinds.ConfigMalformed));
            config = ConfigReader.Read(root, "config.json", architecture: null, encoderOnly: false, problems);
        }
        catch (ImportException)
        {
            return;
        }

        Assert.Equal(problems.HasErrors, config is null);
        if (config is null) return;
        Assert.InRange(config.Hidden, 1, ConfigLimits.Hidden);
        Assert.Equal(0, config.Hidden % config.Heads);
        Assert.InRange(config.Layers, 1, ConfigLimits.Layers);
        Assert.InRange(config.PadTokenId, 0, config.Vocabulary - 1);
        Assert.DoesNotContain(config.Labels, l => l is null);
    });

    [Fact]
    public void A_safetensors_file_is_read_or_refused()
    {
        byte[] good = File.ReadAllBytes(SaveTiny(out TemporaryFolder folder));
        using (folder) FuzzRun.Spoil(good, bytes => OpenAndReadAll(folder["x.safetensors"], bytes));
    }

    /// <summary>Edits in the header alone, with its length put right, so that they reach the parser.</summary>
    [Fact]
    public void A_safetensors_header_is_read_or_refused()
    {
        byte[] good = File.ReadAllBytes(SaveTiny(out TemporaryFolder folder));
        int headerBytes = (int)BinaryPrimitives.ReadInt64LittleEndian(good);
        byte[] data = good[(8 + headerBytes)..];
        using (folder)
        {
            FuzzRun.Spoil(good[8..(8 + headerBytes)], header =>
            {
                byte[] length = new byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
                OpenAndReadAll(folder["x.safetensors"], [.. length, .. header, .. data]);
            });
        }
    }

    [Fact]
    public void An_index_of_shards_is_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        new TinyModel(8, 2, 1, 12).SaveShards(folder.Path, name => $"model-{(uint)name.Length % 2}.safetensors");
        string index = folder["model.safetensors.index.json"];
        FuzzRun.Spoil(File.ReadAllBytes(index), bytes =>
        {
            File.WriteAllBytes(index, bytes);
            try
            {
                using ByteSource source = ByteSource.Open(index, ProblemKinds.WeightsMissing);
                CheckpointShards.Open(source, ProblemKinds.SafeTensorsHeader, SafeTensorsFile.Open).Dispose();
            }
            catch (ImportException)
            {
            }
        });
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("modules.json")]
    [InlineData("1_Pooling/config.json")]
    [InlineData("sentence_bert_config.json")]
    public void A_folder_is_imported_whole_or_not_at_all(string file)
    {
        using var folder = new TemporaryFolder();
        SaveSentenceModel(folder);
        string path = folder["model/" + file];
        var target = new ImportTarget(folder["out"], "m");
        FuzzRun.Spoil(File.ReadAllBytes(path), bytes =>
        {
            File.WriteAllBytes(path, bytes);
            if (Directory.Exists(target.Folder)) Directory.Delete(target.Folder, recursive: true);
            ImportResult result = ModelImporter.Import(folder["model"], target);
            Assert.Equal(result.Succeeded, result.Problems.All(p => p.Severity != Severity.Error));
            Assert.Equal(result.Succeeded ? 2 : 0, Directory.Exists(target.Folder) ? Directory.GetFiles(target.Folder).Length : 0);
        });
    }

    [Fact]
    public void A_header_of_packed_weights_is_read_or_refused()
    {
        byte[] page = new byte[PackedHeader.Bytes];
        new PackedHeader(20_000, 8192, 20_000 - 8192, new string('a', 64)).Write(page);
        FuzzRun.Spoil(page[..72], start =>
        {
            byte[] bytes = [.. start, .. new byte[20_000 - start.Length]];
            try
            {
                PackedHeader header = PackedHeader.Read(bytes.AsSpan(0, PackedHeader.Bytes), bytes.Length, "x.bertw");
                Assert.InRange(header.TokenizerOffset, PackedHeader.Bytes, bytes.Length);
                Assert.InRange(header.TokenizerBytes, 0, bytes.Length - header.TokenizerOffset);
            }
            catch (InvalidDataException)
            {
            }
        });
    }

    private static void OpenAndReadAll(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        try
        {
            using SafeTensorsFile file = SafeTensorsFile.Open(path);
            foreach (TensorInfo tensor in file.Tensors)
            {
                Assert.Equal(tensor.Bytes * 8, tensor.Elements * TensorDtypes.BitsOf(tensor.Dtype));
                Assert.Equal(tensor.Bytes, file.ReadBytes(tensor).Length);
                if (TensorDtypes.IsWeight(tensor.Dtype)) Assert.Equal(tensor.Elements, file.ReadSingles(tensor).Length);
            }
        }
        catch (ImportException)
        {
        }
    }

    private static string SaveTiny(out TemporaryFolder folder)
    {
        folder = new TemporaryFolder();
        new TinyModel(8, 2, 1, 12).Save(folder.Path);
        return folder["model.safetensors"];
    }

    private static void SaveSentenceModel(TemporaryFolder folder)
    {
        new TinyModel(8, 2, 1, 12).Save(folder["model"]);
        Directory.CreateDirectory(folder["model/1_Pooling"]);
        File.WriteAllText(folder["model/modules.json"], """[{"idx": 0, "path": "", "type": "x.Transformer"}, {"idx": 1, "path": "1_Pooling", "type": "x.Pooling"}, {"idx": 2, "path": "2_Normalize", "type": "x.Normalize"}]""");
        File.WriteAllText(folder["model/1_Pooling/config.json"], """{"word_embedding_dimension": 8, "pooling_mode_cls_token": false, "pooling_mode_mean_tokens": true}""");
        File.WriteAllText(folder["model/sentence_bert_config.json"], """{"max_seq_length": 8, "do_lower_case": true}""");
    }

    private static string Config()
    {
        var model = new TinyModel(8, 2, 1, 12);
        model.Fields["architectures"] = """["BertForSequenceClassification"]""";
        model.Fields["id2label"] = """{"0": "no", "1": "yes", "2": "maybe"}""";
        model.Fields["hidden_act"] = "\"gelu_new\"";
        model.Fields["layer_norm_eps"] = "1e-12";
        model.Fields["pad_token_id"] = "0";
        model.Fields["pruned_heads"] = "{}";
        model.Fields["type_vocab_size"] = "2";
        return model.Config;
    }
}
