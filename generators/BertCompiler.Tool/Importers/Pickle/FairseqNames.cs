using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>
/// fairseq's names of a RoBERTa as Hugging Face's (<c>fairseq/models/roberta/model.py</c>;
/// <c>transformers/models/roberta/convert_roberta_original_pytorch_checkpoint_to_pytorch.py</c>): the encoder was called
/// <c>decoder.sentence_encoder</c> until 2020, and query, key and value were one matrix until 2019.
/// </summary>
internal sealed class FairseqNames(ByteSource source)
{
    /// <summary>The encoder's prefix at Hugging Face.</summary>
    public const string Prefix = "roberta.";

    /// <summary>The word table.</summary>
    public const string WordTable = Prefix + "embeddings.word_embeddings.weight";

    /// <summary>The table of token types.</summary>
    public const string TypeTable = Prefix + "embeddings.token_type_embeddings.weight";

    private const string SentenceEncoder = "sentence_encoder.";
    private const string Heads = "classification_heads.";

    private static readonly string[] Roots = ["decoder.", "encoder."];

    /// <summary>What stands for what outside the layers.</summary>
    private static readonly Dictionary<string, string> Outer = new(StringComparer.Ordinal)
    {
        ["embed_tokens"] = "embeddings.word_embeddings",
        ["embed_positions"] = "embeddings.position_embeddings",
        ["embed_segments"] = "embeddings.token_type_embeddings",
        ["emb_layer_norm"] = "embeddings.LayerNorm",
        ["layernorm_embedding"] = "embeddings.LayerNorm",
    };

    private static readonly Dictionary<string, string> Inner = new(StringComparer.Ordinal)
    {
        ["self_attn.q_proj"] = "attention.self.query",
        ["self_attn.k_proj"] = "attention.self.key",
        ["self_attn.v_proj"] = "attention.self.value",
        ["self_attn.out_proj"] = "attention.output.dense",
        ["self_attn_layer_norm"] = "attention.output.LayerNorm",
        ["fc1"] = "intermediate.dense",
        ["fc2"] = "output.dense",
        ["final_layer_norm"] = "output.LayerNorm",
    };

    private readonly List<TensorView> _views = [];
    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);
    private string? _headName;

    /// <summary>Whether tensors bear fairseq's names.</summary>
    public static bool AreIn(IReadOnlyList<TensorView> views) => views.Any(v => Array.Exists(Roots, root => v.Name.StartsWith(root + SentenceEncoder, StringComparison.Ordinal)));

    /// <summary>Renames and splits; names that are unknown stay.</summary>
    /// <exception cref="ImportException">Another network than RoBERTa's, or two tensors of one meaning.</exception>
    public FairseqModel Translate(IReadOnlyList<TensorView> views)
    {
        foreach (TensorView view in views)
        {
            if (!IsMarker(view.Name)) Translate(view);
        }

        TensorInfo[] missing = [];
        if (!_origins.ContainsKey(TypeTable) && _views.Find(v => v.Name == WordTable) is { Shape: [_, var hidden] })
        {
            missing = [new TensorInfo { Name = TypeTable, Dtype = TensorDtype.F32, Shape = new([1, hidden]), File = source.FilePath, Offset = 0, Bytes = 0 }];
        }

        return new FairseqModel(_views, missing, _headName);
    }

    /// <summary>Tensors that only tell fairseq how old the file is.</summary>
    private static bool IsMarker(string name) => name.EndsWith(".version", StringComparison.Ordinal) || name.EndsWith("._float_tensor", StringComparison.Ordinal);

    private void Translate(TensorView view)
    {
        string name = view.Name;
        string? root = Array.Find(Roots, r => name.StartsWith(r, StringComparison.Ordinal));
        string rest = root is null ? name : name[root.Length..];
        if (rest.StartsWith(Heads, StringComparison.Ordinal)) Add(view, HeadTensor(rest[Heads.Length..]) ?? name);
        else if (root is not null && rest.StartsWith("lm_head.", StringComparison.Ordinal)) Add(view, rest == "lm_head.weight" ? "lm_head.decoder.weight" : rest);
        else if (root is not null && rest.StartsWith(SentenceEncoder, StringComparison.Ordinal)) TranslateEncoder(view, rest[SentenceEncoder.Length..]);
        else Add(view, name);
    }

    private void TranslateEncoder(TensorView view, string name)
    {
        int dot = name.LastIndexOf('.');
        string stem = dot < 0 ? name : name[..dot];
        string ending = dot < 0 ? "" : name[dot..];
        if (stem == "layer_norm") throw new ImportException(ProblemKinds.PickleUnsupported, source.FilePath, $"{source.FileName}: '{Text.Shorten(view.Name)}': a LayerNorm behind the last layer belongs to networks that normalise before each block; these are not RoBERTa's and not supported");
        if (Outer.TryGetValue(stem, out string? outer)) Add(view, Prefix + outer + ending);
        else if (name.Split('.', 3) is ["layers", var layer, var inner]) TranslateLayer(view, $"{Prefix}encoder.layer.{layer}.", inner);
        else Add(view, view.Name);
    }

    private void TranslateLayer(TensorView view, string layer, string name)
    {
        int dot = name.LastIndexOf('.');
        if (name is "self_attn.in_proj_weight" or "self_attn.in_proj_bias") Split(view, layer, name.EndsWith("weight", StringComparison.Ordinal) ? ".weight" : ".bias");
        else if (dot > 0 && Inner.TryGetValue(name[..dot], out string? inner)) Add(view, layer + inner + name[dot..]);
        else Add(view, view.Name);
    }

    /// <summary>One matrix [3H, H], the rows of query, key and value below each other.</summary>
    private void Split(TensorView view, string layer, string ending)
    {
        if (view.Shape.Length == 0 || view.Shape[0] % 3 != 0) throw new ImportException(ProblemKinds.TensorShape, source.FilePath, $"{source.FileName}: '{Text.Shorten(view.Name)}' has shape [{string.Join(", ", view.Shape)}]; expected the rows of query, key and value, three times as many as the hidden size");
        string[] parts = ["query", "key", "value"];
        for (int i = 0; i < parts.Length; i++) Add(view.Part("", i, parts.Length), $"{layer}attention.self.{parts[i]}{ending}", view.Name);
    }

    /// <summary><c>NAME.dense.weight</c> → <c>classifier.dense.weight</c>.</summary>
    private string? HeadTensor(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return null;
        _headName ??= name[..dot];
        if (_headName == name[..dot]) return "classifier" + name[dot..];
        throw new ImportException(ProblemKinds.PickleUnsupported, source.FilePath, $"{source.FileName}: there are the classification heads '{Text.Shorten(_headName)}' and '{Text.Shorten(name[..dot])}'; one is supported");
    }

    private void Add(TensorView view, string name) => Add(view, name, view.Name);

    private void Add(TensorView view, string name, string origin)
    {
        if (!_origins.TryAdd(name, origin)) throw new ImportException(ProblemKinds.TensorAmbiguous, source.FilePath, $"{source.FileName}: '{Text.Shorten(_origins[name])}' and '{Text.Shorten(origin)}' are names of the same tensor; only one of them may be there");
        _views.Add(view with { Name = name });
    }
}
