using System.Globalization;
using System.Reflection;
using BertCompiler.Kernels;
using BertCompiler.Runtime.Tests.Tasks;
using BertCompiler.Tasks;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Verification.Tasks.Replay;

namespace BertCompiler.Runtime.Tests;

/// <summary>Everything that a model hands out prints itself on one readable line.</summary>
public sealed class PrintedTest
{
    private static readonly TextSpan _span = new(4, 7);
    private static readonly Token _token = new(2075, 0, "##ing", _span, _span, 1, 0, TokenKind.Text);
    private static readonly Token _start = new(101, 0, "[CLS]", default, default, -1, -1, TokenKind.Special);
    private static readonly FilledMask _word = new(3, "france", 0.9812f, "paris is in france.");
    private static readonly EntitySpan _entity = new(1, "PER", 0.98123, _span, _span, 1, 0, 1);
    private static readonly SquadCandidate _candidate = new("Ada", 0.5f, 1, 2);
    private static readonly SparseWeight[] _weights = [new(1, "ada", 0.5f), new(2, "wrote", 1.25f)];

    private static readonly (object Value, string Text)[] _samples =
    [
        (new Answer("Ada", _span, 0.9812f), "\"Ada\" at 4..7, 0.981"),
        (new Answer("", default, 0.75f), "no answer, 0.75"),
        (new Classification(["bad", "good"], [1f, 2f], ScoreFunction.Softmax, truncated: false), "good 0.731, bad 0.269"),
        (new Classification(["a", "b", "c", "d"], [1f, 2f, 3f, 4f], ScoreFunction.None, truncated: true), "d 4, c 3, b 2, …, text cut"),
        (new Classification<SeekOrigin>(["x", "y", "z"], [1f, 2f, 3f], ScoreFunction.None, truncated: false), "z 3, y 2, x 1"),
        (new Entity(_entity, "the Ada", "B-PER"), "PER \"Ada\" at 4..7, 0.981"),
        (new Entity<SeekOrigin>(_entity, "the Ada", "B-PER"), "PER \"Ada\" at 4..7, 0.981"),
        (_word, "\"france\" 0.981 in \"paris is in france.\""),
        (new MaskPrediction(_span, 1, [_word, _word, _word, _word], true), "mask at 4..7: \"france\" 0.981, \"france\" 0.981, \"france\" 0.981, …, text cut"),
        (new RankedDocument(3, -11.234f, new string('a', 70), true), $"document 3, -11.2: \"{new string('a', 60)}…\", text cut"),
        (new ChoiceResult([0f, 0f], ["one", "two\nlines"], truncated: false), "choice 0, 0.5: \"one\""),
        (new NextSentenceScore([0f, 5f], truncated: false), "does not follow 0.993"),
        (new NextSentenceScore([5f, 0f], truncated: true), "follows 0.993, text cut"),
        (new SentenceOrderScore([0f, 5f], truncated: false), "swapped 0.993"),
        (new SentenceOrderScore([5f, 0f], truncated: true), "in order 0.993, text cut"),
        (_weights[0], "\"ada\" 0.5"),
        (new SparseVector(_weights, truncated: false), "2 weights: \"wrote\" 1.25, \"ada\" 0.5"),
        (new EmbedResult(3, 42, 1), "3 texts, 42 tokens, 1 text cut"),
        (_token, "\"##ing\" 2075 at 4..7"),
        (_start, "\"[CLS]\" 101"),
        (_span, "4..7"),
        (new TokenEncoding([_start, _token], isTruncated: true, overflow: null), "2 tokens: [CLS] ##ing, text cut"),
        (_candidate, "\"Ada\" 0.5"),
        (new SquadAnswer("Ada", [_candidate], null, QuestionTruncated: true), "\"Ada\", of 1 candidate: \"Ada\" 0.5, question cut"),
        (new LabelScore(1, "good", 0.00012345f), "good 0.000123"),
        (new WordTag(3, 1, "B-PER", 1f), "word 3: B-PER 1"),
        (new WordTag(3, -1, "", 0f), "word 3: no token"),
        (new ReplacedToken(_token, 0.98f), "\"##ing\" 2075 at 4..7, replaced 0.98"),
        (new TokenList(), "0 tokens: "),
        (Batch(), "2 sequences, 3 tokens"),
        (new Prompt("query", "find: "), "query: \"find: \""),
        (new Rows(), "0 × 0"),
        (new Crew(1), "1 thread"),
        (Facts(384), "tiny: BertModel, 6 layers × 384, 12 heads, 30522 ids, up to 512 tokens, embeddings of 384 numbers"),
        (Facts(0), "tiny: BertModel, 6 layers × 384, 12 heads, 30522 ids, up to 512 tokens"),
        (new HeadFacts { Labels = ["bad", "good"], ProblemType = ProblemType.MultiLabel }, "2 labels: bad, good, MultiLabel"),
        (new SentenceFacts { FullDimension = 8, Prompts = [new("query", "q")] }, "8 numbers, compared by Cosine, 1 prompt: query: \"q\""),
        (new SparseFacts(), "SparseFacts { Pooling = Max, Activation = Relu, MaxActiveDimensions = , Similarity = Dot }"),
        (new TagOptions(), "TagOptions { Aggregation = Words, IgnoreLabels = [O], MaxTokens = , Windows = True, Stride =  }"),
    ];

    [Fact]
    public void Each_result_is_one_line_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NegativeSign) = (",", "~");
            CultureInfo.CurrentCulture = other;
            Assert.Equal(_samples.Select(s => s.Text), _samples.Select(s => s.Value.ToString()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Hidden_states_print_their_tokens_also_after_their_end()
    {
        using ReplayWeights weights = LetterTokenizer.Read();
        using var model = new ConstantClassifier(weights.Open(), weights.Facts("letters", LetterTokenizer.Vocabulary.Length, 16), ["fit"]);
        var states = new TokenStates(model.Tokenizer.Encode("anna lives"), default);
        states.Dispose();
        Assert.Equal("4 tokens: [CLS] anna lives [SEP], hidden states of 0 numbers", states.ToString());
        Assert.Equal(model.Facts.ToString(), model.ToString());
    }

    /// <summary>A type that a model newly hands out needs a line of its own, and an example above.</summary>
    [Fact]
    public void Everything_that_a_model_hands_out_has_an_example()
    {
        HashSet<Type> shown = [.. _samples.Select(s => Open(s.Value.GetType())), typeof(TokenStates)];
        Type[] models = [.. typeof(EncoderModel).Assembly.GetExportedTypes().Where(t => typeof(EncoderModel).IsAssignableFrom(t)), typeof(Tokenizer)];
        var found = new HashSet<Type>();
        foreach (Type model in models) Collect(model, found);

        // Who calls an encoder knows it; an interface has no text.
        found.RemoveWhere(t => models.Contains(t) || t.IsInterface);
        Assert.Contains(typeof(SquadCandidate), found);
        Assert.Equal([], found.Except(shown).Select(t => t.Name).Order());
        foreach (Type type in found)
        {
            MethodInfo print = type.GetMethod(nameof(ToString), [])!;
            Assert.True(print.DeclaringType!.Assembly == typeof(EncoderModel).Assembly, $"{type} prints nothing but its name");
        }
    }

    /// <summary>The runtime's types that are reached from the public properties and methods of a type, and from theirs.</summary>
    private static void Collect(Type type, HashSet<Type> found)
    {
        const BindingFlags Flags = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        IEnumerable<Type> results = type.GetProperties(Flags).Where(p => !BrowsableTest.IsHidden(p)).Select(p => p.PropertyType)
            .Concat(type.GetMethods(Flags).Where(m => !m.IsSpecialName && !BrowsableTest.IsHidden(m)).Select(m => m.ReturnType));
        foreach (Type result in results.SelectMany(Parts).Where(t => t.Assembly == typeof(EncoderModel).Assembly && !t.IsEnum && !t.IsGenericParameter))
        {
            if (found.Add(Open(result))) Collect(result, found);
        }
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Parts)] : [type];

    private static Type Open(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static TokenBatch Batch()
    {
        var batch = new TokenBatch();
        batch.Add([1, 2]);
        batch.Add([3]);
        return batch;
    }

    private static ModelFacts Facts(int dimension) => new()
    {
        Name = "tiny", Architecture = "BertModel", Hidden = 384, Layers = 6, Heads = 12, Vocabulary = 30522, Positions = 512, TokenTypes = 2, MaxTokens = 512,
        Dimension = dimension, ContentHash = "",
    };
}
