using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Lifetimes;

/// <summary>After Dispose, every member that would read the mapped file says so instead.</summary>
public sealed class DisposalTests
{
    private const string Text = "how do vaccines work";

    public static TheoryData<string> CallsOnModels { get; } = [.. ModelCalls.Keys];

    public static TheoryData<string> CallsOnTokenizers { get; } = [.. TokenizerCalls.Keys];

    private static Dictionary<string, Action<SentenceEncoder>> ModelCalls => new()
    {
        ["Embed"] = m => m.Embed(Text),
        ["Embed query"] = m => m.EmbedQuery(Text),
        ["Embed into"] = m => m.Embed(Text, new float[m.Facts.Dimension]),
        ["Embed many"] = m => m.Embed([Text, Text], new float[2 * m.Facts.Dimension]),
        ["Encode"] = m => m.Encode(Text).Dispose(),
        ["Run"] = m => m.Run(BatchOf(101, 2129, 102), new NoOutputs()),
    };

    private static Dictionary<string, Action<Tokenizer>> TokenizerCalls => new()
    {
        ["Count"] = t => t.Count(Text),
        ["Count UTF-8"] = t => t.Count("how"u8),
        ["Encode"] = t => t.Encode(Text),
        ["Encode pair"] = t => t.Encode(Text, Text, new EncodeOptions { MaxLength = 4, Truncation = TruncationStrategy.LongestFirst }),
        ["EncodeWords"] = t => t.EncodeWords(["how", "do"]),
        ["EncodeToIds"] = t => t.EncodeToIds(Text, new int[32]),
        ["EncodeToIds UTF-8"] = t => t.EncodeToIds("how"u8, new int[32]),
        ["Encode into"] = t => t.Encode(Text, new TokenList()),
        ["Append"] = t => t.Append(Text, 32, new TokenBatch()),
        ["AppendAll"] = t => t.AppendAll([Text, Text], 32, new TokenBatch()),
        ["Decode"] = t => t.Decode([2129, 2079]),
        ["TextOf"] = t => t.TextOf(2129),
        ["IdOf"] = t => t.IdOf("how"),
        ["IsSpecial"] = t => t.IsSpecial(101),
    };

    [Theory]
    [MemberData(nameof(CallsOnModels))]
    public void A_model_that_was_disposed_of_says_so(string call)
    {
        SentenceEncoder model = BundledModel.Load();
        ModelCalls[call](model);
        model.Dispose();
        model.Dispose();
        var fault = Assert.Throws<ObjectDisposedException>(() => ModelCalls[call](model));
        Assert.Contains("CompiledModel", fault.ObjectName, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CallsOnTokenizers))]
    public void A_tokenizer_says_so_after_its_model_was_disposed_of(string call)
    {
        SentenceEncoder model = BundledModel.Load();
        Tokenizer tokenizer = model.Tokenizer;
        TokenizerCalls[call](tokenizer);
        model.Dispose();
        var fault = Assert.Throws<ObjectDisposedException>(() => TokenizerCalls[call](tokenizer));
        Assert.Contains(nameof(Tokenizer), fault.ObjectName, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CallsOnTokenizers))]
    public void A_tokenizer_alone_says_so(string call)
    {
        Tokenizer tokenizer = TokenizerAlone();
        TokenizerCalls[call](tokenizer);
        tokenizer.Dispose();
        tokenizer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => TokenizerCalls[call](tokenizer));
    }

    /// <summary>A public method that nobody put into the lists above is not tested.</summary>
    [Fact]
    public void Every_method_of_a_tokenizer_is_called()
    {
        string[] methods = [.. typeof(Tokenizer).GetMethods().Where(m => m.DeclaringType == typeof(Tokenizer) && !m.IsStatic && !m.IsSpecialName).Select(m => m.Name).Distinct()];
        string[] without = ["Dispose", "SpecialTokenCount"];
        string[] called = [.. TokenizerCalls.Keys.Select(k => k.Split(' ')[0]).Distinct()];
        Assert.Equal(methods.Except(without).Order(StringComparer.Ordinal), called.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_needs_no_file_stays_readable()
    {
        SentenceEncoder model = BundledModel.Load();
        Tokenizer tokenizer = model.Tokenizer;
        TokenEncoding cut = tokenizer.Encode(Text, options: new EncodeOptions { MaxLength = 4, Truncation = TruncationStrategy.LongestFirst });
        TokenStates states = model.Encode(Text);
        model.Dispose();
        Assert.Equal(30_522, tokenizer.VocabularySize);
        Assert.Equal(101, tokenizer.ClsId);
        Assert.Equal(2, tokenizer.SpecialTokenCount(pair: false));
        Assert.Single(cut.Overflow);
        Assert.Equal(128, states[0].Length);
    }

    [Fact]
    public void States_that_were_disposed_of_say_so_and_spans_taken_before_stay_good()
    {
        using SentenceEncoder model = BundledModel.Load();
        TokenStates states = model.Encode(Text);
        ReadOnlySpan<float> first = states[0];
        float[] before = first.ToArray();
        states.Dispose();
        states.Dispose();
        Assert.Throws<ObjectDisposedException>(() => states[0][0]);
        GC.Collect();
        Assert.Equal(before, first);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Encode(Text)[6].Length);
    }

    [Fact]
    public void Disposing_of_a_models_tokenizer_takes_nothing_from_the_model()
    {
        using SentenceEncoder model = BundledModel.Load();
        float[] before = model.Embed(Text);
        model.Tokenizer.Dispose();
        Assert.Equal(before, model.Embed(Text));
    }

    internal static Tokenizer TokenizerAlone()
    {
        EncoderModel model = BundledModel.Load();
        return (Tokenizer)model.GetType().GetMethod("LoadTokenizer")!.Invoke(null, [new LoadOptions { WeightsPath = BundledModel.WeightsPath }])!;
    }

    private static TokenBatch BatchOf(params int[] ids)
    {
        var batch = new TokenBatch();
        batch.Add(ids);
        return batch;
    }
}
