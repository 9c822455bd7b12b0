using BertCompiler.Runtime.Tests.Tasks;
using BertCompiler.Runtime.Tests.Lifetimes;
using BertCompiler.Tool.Verification.Tasks.Replay;

namespace BertCompiler.Runtime.Tests;

/// <summary>Which numbers a model takes, by what its facts say that it has.</summary>
public sealed class RunInputsTest : IDisposable
{
    private readonly ReplayWeights _weights = LetterTokenizer.Read();

    private ModelFacts Facts => _weights.Facts("letters", LetterTokenizer.Vocabulary.Length, 16);

    public void Dispose() => _weights.Dispose();

    [Fact]
    public void Positions_are_those_of_the_table_and_without_one_any()
    {
        ModelFacts limited = Facts with { Positions = 16 };
        Run(limited, [0, 15]);
        Assert.Contains("position 16", Assert.Throws<ArgumentException>(() => Run(limited, [0, 16])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Run(limited, [0, -1]));
        Run(Facts with { Positions = 0 }, [16, 1_000_000]);
    }

    [Fact]
    public void Task_types_are_those_of_the_table_and_without_one_not_looked_at()
    {
        ModelFacts three = Facts with { TaskTypes = 3 };
        Run(three, [], [0, 2]);
        Run(three, [], []);
        Assert.Contains("task type id 3", Assert.Throws<ArgumentException>(() => Run(three, [], [0, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Run(three, [], [-1, 0]));
        Run(Facts, [], [0, 3]);
    }

    private void Run(ModelFacts facts, int[] positions, int[]? tasks = null)
    {
        using var model = new ConstantClassifier(_weights.Open(), facts, ["bad", "good"]);
        var batch = new TokenBatch();
        batch.Add([1, 2], [], positions, tasks);
        model.Run(batch, new NoOutputs());
    }
}
