using System.Text;
using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Tokenizers;
using BertCompiler.Tool.Tokenizers.Json;
using BertCompiler.Tool.Tokenizers.SentencePiece;
using BertCompiler.Tool.Tokenizers.SentencePiece.Schema;
using Google.Protobuf;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>A SentencePiece model without tokenizer.json; the file's length says whose numbering is meant.</summary>
internal sealed class SentencePieceTarget : IFuzzTarget
{
    private static readonly JsonItem[] Configs = [.. new[] { "XLMRobertaTokenizer", "CamembertTokenizer", "AlbertTokenizer" }.Select(Config)];

    private readonly TokenizerUse _use = new();

    public string Name => "sentencepiece";

    public IReadOnlyList<byte[]> Seeds { get; } = [.. MakeSeeds()];

    public IReadOnlyList<byte[]> Words { get; } = [.. new[] { "<unk>", "<s>", "</s>", "<mask>", "[CLS]", "[SEP]", "<pad>", "<0x0A>", "▁the" }.Select(Encoding.UTF8.GetBytes), [0x15, 0, 0, 0xc0, 0x7f], [0x18, 4], [0x0a, 0]];

    public IFuzzGrammar Grammar => ProtobufGrammar.Instance;

    public int BoundedRuns => 3000;

    public void Run(byte[] input)
    {
        TokenizerDescription description;
        try
        {
            description = SentencePieceReader.Read(input, "sentencepiece.bpe.model", TokenizerFiles.None with { Config = Configs[input.Length % Configs.Length] }, tableRows: null, []);
        }
        catch (TokenizerFault)
        {
            return;
        }

        _use.Use(description);
    }

    public void Dispose() => _use.Dispose();

    private static JsonItem Config(string type) => JsonTree.Parse(Encoding.UTF8.GetBytes($$"""{"tokenizer_class": "{{type}}"}"""), "tokenizer_config.json", ProblemKinds.TokenizerMalformed).Root;

    /// <summary>Each model with lengths that mean each numbering. Reference models keep their first pieces only.</summary>
    private static IEnumerable<byte[]> MakeSeeds()
    {
        const int pieces = 200;
        var models = new List<ModelProto> { Small() };
        foreach (byte[] file in GoldenSeeds.Find("tokenizers", "", "*.model"))
        {
            ModelProto model = ModelProto.Parser.ParseFrom(file);
            while (model.Pieces.Count > pieces) model.Pieces.RemoveAt(model.Pieces.Count - 1);
            models.Add(model);
        }

        ModelProto plain = models[^1].Clone();
        plain.NormalizerSpec = null;
        models.Add(plain);
        foreach (ModelProto model in models)
        {
            for (int i = 0; i < Configs.Length; i++)
            {
                model.Pieces[^1].Piece_ += "x";
                yield return model.ToByteArray();
            }
        }
    }

    private static ModelProto Small()
    {
        var model = new ModelProto { TrainerSpec = new TrainerSpec { ModelType = 1, UnkId = 0 }, NormalizerSpec = new NormalizerSpec() };
        foreach ((string text, int type) in new[] { ("<unk>", 2), ("<s>", 3), ("</s>", 3), ("[CLS]", 3), ("[SEP]", 3), ("[MASK]", 4), ("▁", 1), ("▁the", 1), ("a", 1), ("s", 1), ("cat", 1), ("<0x0A>", 6), ("z", 1) })
        {
            model.Pieces.Add(new Piece { Piece_ = text, Score = -text.Length, Type = type });
        }

        return model;
    }
}
