namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// A tokenizer class of transformers, or several that tokenize alike (<c>convert_slow_tokenizer.py</c>, SLOW_TO_FAST_CONVERTERS: those with one
/// converter, and equal special tokens).
/// </summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Kind">Which files its vocabulary lies in.</param>
/// <param name="Special">Its special tokens, where the files name none.</param>
internal sealed record TokenizerClass(string Name, VocabularyFiles Kind, TokenRoles Special)
{
    private static readonly TokenRoles BertTokens = new("[UNK]", "[CLS]", "[SEP]", "[MASK]", "[PAD]");
    private static readonly TokenRoles RobertaTokens = new("<unk>", "<s>", "</s>", "<mask>", "<pad>") { Bos = "<s>", Eos = "</s>" };

    public static TokenizerClass Bert { get; } = new("BertTokenizer", VocabularyFiles.WordPiece, BertTokens);

    /// <summary>BERT's pieces between RoBERTa's special tokens.</summary>
    public static TokenizerClass MPNet { get; } = new("MPNetTokenizer", VocabularyFiles.WordPiece, RobertaTokens with { Unk = "[UNK]" });

    public static TokenizerClass Roberta { get; } = new("RobertaTokenizer", VocabularyFiles.Merges, RobertaTokens);

    public static TokenizerClass XlmRoberta { get; } = new("XLMRobertaTokenizer", VocabularyFiles.SentencePiece, RobertaTokens);

    public static TokenizerClass Camembert { get; } = new("CamembertTokenizer", VocabularyFiles.SentencePiece, RobertaTokens);

    public static TokenizerClass Albert { get; } =
        new("AlbertTokenizer", VocabularyFiles.SentencePiece, new("<unk>", "[CLS]", "[SEP]", "[MASK]", "<pad>") { Bos = "[CLS]", Eos = "[SEP]" });

    public static TokenizerClass DebertaV2 { get; } = new("DebertaV2Tokenizer", VocabularyFiles.SentencePiece, BertTokens with { Bos = "[CLS]", Eos = "[SEP]" });

    private static readonly Dictionary<string, TokenizerClass> ByName = new(StringComparer.Ordinal)
    {
        ["BertTokenizer"] = Bert,
        ["DistilBertTokenizer"] = Bert,
        ["ElectraTokenizer"] = Bert,
        ["ConvBertTokenizer"] = Bert,
        ["MobileBertTokenizer"] = Bert,
        ["SqueezeBertTokenizer"] = Bert,
        ["LayoutLMTokenizer"] = Bert,
        ["LxmertTokenizer"] = Bert,
        ["RetriBertTokenizer"] = Bert,
        ["RealmTokenizer"] = Bert,
        ["DPRContextEncoderTokenizer"] = Bert,
        ["DPRQuestionEncoderTokenizer"] = Bert,
        ["DPRReaderTokenizer"] = Bert,
        ["MPNetTokenizer"] = MPNet,
        ["RobertaTokenizer"] = Roberta,
        ["LongformerTokenizer"] = Roberta,
        ["BartTokenizer"] = Roberta,
        ["LEDTokenizer"] = Roberta,
        ["MvpTokenizer"] = Roberta,
        ["XLMRobertaTokenizer"] = XlmRoberta,
        ["CamembertTokenizer"] = Camembert,
        ["AlbertTokenizer"] = Albert,
        ["DebertaV2Tokenizer"] = DebertaV2,
    };

    /// <summary>What <c>AutoTokenizer</c> takes for a model whose files name no class (<c>TOKENIZER_MAPPING_NAMES</c>).</summary>
    private static readonly Dictionary<string, TokenizerClass> ByFamily = new(StringComparer.Ordinal)
    {
        ["bert"] = Bert,
        ["distilbert"] = Bert,
        ["electra"] = Bert,
        ["convbert"] = Bert,
        ["mobilebert"] = Bert,
        ["megatron-bert"] = Bert,
        ["ernie"] = Bert,
        ["nezha"] = Bert,
        ["layoutlm"] = Bert,
        ["nomic_bert"] = Bert,
        ["mpnet"] = MPNet,
        ["roberta"] = Roberta,
        ["longformer"] = Roberta,
        ["data2vec-text"] = Roberta,
        ["roberta-prelayernorm"] = Roberta,
        ["xlm-roberta"] = XlmRoberta,
        ["xlm-roberta-xl"] = XlmRoberta,
        ["xmod"] = XlmRoberta,
        ["jina_embeddings_v3"] = XlmRoberta,
        ["camembert"] = Camembert,
        ["albert"] = Albert,
        ["deberta-v2"] = DebertaV2,
        ["nystromformer"] = Albert,
        ["yoso"] = Albert,
    };

    /// <summary>Families whose class reads a vocabulary in a way of its own: Chinese words by a dictionary, or pieces with other steps before them.</summary>
    private static readonly Dictionary<string, string> NeedsJsonByFamily = new(StringComparer.Ordinal)
    {
        ["roformer"] = "RoFormerTokenizer",
        ["deberta-v2"] = "DebertaV2Tokenizer",
    };

    /// <summary>
    /// Classes for models of this family and its kin that transformers has in Python alone: they cut words with a program of their own, and what
    /// a tokenizer.json beside them says is not read.
    /// </summary>
    private static readonly HashSet<string> PythonOnly = new(StringComparer.Ordinal)
    {
        "BertGenerationTokenizer", "BertJapaneseTokenizer", "BertweetTokenizer", "BioGptTokenizer", "CanineTokenizer", "ErnieMTokenizer",
        "EsmTokenizer", "FlaubertTokenizer", "GPTNeoXJapaneseTokenizer", "LukeTokenizer", "MLukeTokenizer", "PhobertTokenizer",
        "ProphetNetTokenizer", "RoCBertTokenizer", "TapasTokenizer", "XLMProphetNetTokenizer", "XLMTokenizer",
    };

    private static readonly HashSet<string> Generic = new(StringComparer.Ordinal) { "PreTrainedTokenizer", "TokenizersBackend" };

    /// <summary>The class of that name, without the ending of the fast ones; null: it is not read without a tokenizer.json.</summary>
    public static TokenizerClass? OfName(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The class for a model of that <c>model_type</c>; null: not known.</summary>
    public static TokenizerClass? OfFamily(string family) => ByFamily.GetValueOrDefault(family);

    /// <summary>The name of the class for a model of that <c>model_type</c>, where it is not read without a tokenizer.json; null: it is, or is not known.</summary>
    public static string? NeedsJson(string family) => NeedsJsonByFamily.GetValueOrDefault(family);

    /// <summary>Whether the name says nothing about the vocabulary: the base of all, which only reads a tokenizer.json.</summary>
    public static bool IsGeneric(string name) => Generic.Contains(name);

    /// <summary>Whether transformers has the class in Python alone.</summary>
    public static bool IsPythonOnly(string name) => PythonOnly.Contains(name);
}
