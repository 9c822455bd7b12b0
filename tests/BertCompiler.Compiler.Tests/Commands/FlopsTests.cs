using BertCompiler.Tool.Commands.Inspecting;

namespace BertCompiler.Compiler.Tests.Commands;

public sealed class FlopsTests
{
    [Fact]
    public void Heads_that_work_on_tokens_count_and_heads_of_the_first_token_do_not()
    {
        // L=3 H=48 F=96 V=101: layers 3·(2·(48·144 + 48·48 + 2·48·96) + 4·48·n), head 2·(48·48 + 48·101); the pooler runs once a text.
        Assert.Equal((3 * ((2 * ((48 * 144) + (48 * 48) + (2 * 48 * 96))) + (4 * 48 * 10))) + (2 * ((48 * 48) + (48 * 101))), ModelFactSheet.FlopsPerToken(SampleManifests.PreTraining.Spec, SampleManifests.PreTraining.Weights, 10));

        // L=1 H=36 F=111: a classifier of the first token adds nothing.
        Assert.Equal((2 * ((36 * 108) + (36 * 36) + (2 * 36 * 111))) + (4 * 36 * 10), ModelFactSheet.FlopsPerToken(SampleManifests.Classifier.Spec, SampleManifests.Classifier.Weights, 10));
    }
}
