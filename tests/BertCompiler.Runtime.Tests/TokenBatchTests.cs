namespace BertCompiler.Runtime.Tests;

public sealed class TokenBatchTests
{
    /// <summary>The example in fairseq's and transformers' own words: non-padding symbols are numbered from padding_idx + 1, padding is ignored.</summary>
    [Fact]
    public void Positions_after_padding_count_what_is_not_padding()
    {
        var batch = new TokenBatch();
        batch.Add([0, 7, 8, 2]);
        batch.Add([1, 1, 0, 7, 1, 8, 2, 1]);
        batch.Add([5], positions: [3]);
        Assert.Equal([2, 3, 4, 5, 1, 1, 2, 3, 1, 4, 5, 1, 3], batch.PositionsAfter(1));
        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 3], batch.Positions);
    }

    /// <summary>Memory is used again: what an earlier batch left there must not be seen.</summary>
    [Fact]
    public void Task_types_are_zero_unless_given()
    {
        var batch = new TokenBatch();
        batch.Add([1, 2], taskTypeIds: [3, 4]);
        batch.Add([1, 2, 3]);
        Assert.Equal([3, 4, 0, 0, 0], batch.TaskTypeIds);
        batch.Clear();
        batch.Add([1, 2, 3]);
        batch.Add(new int[300], taskTypeIds: [.. Enumerable.Range(0, 300)]);
        Assert.Equal([0, 0, 0, .. Enumerable.Range(0, 300)], batch.TaskTypeIds);
        Assert.Throws<ArgumentException>(() => batch.Add([1, 2], taskTypeIds: [1]));
    }

    [Fact]
    public void A_copy_has_everything()
    {
        var batch = new TokenBatch();
        batch.Add([5, 6], [1, 0], [7, 9], [2, 3]);
        batch.Add(new int[400]);
        batch.SilenceFirst(4);
        var copy = new TokenBatch();
        copy.Add([1], [1], [1], [1]);
        copy.CopyFrom(batch);
        Assert.Equal(batch.Ids, copy.Ids);
        Assert.Equal(batch.TypeIds, copy.TypeIds);
        Assert.Equal(batch.Positions, copy.Positions);
        Assert.Equal(batch.TaskTypeIds, copy.TaskTypeIds);
        Assert.Equal(batch.Offsets, copy.Offsets);
        Assert.Equal(batch.SilentTokens, copy.SilentTokens);
        Assert.Equal(batch.PositionsAfter(0), copy.PositionsAfter(0));
    }

    [Fact]
    public void Silent_tokens_are_those_of_their_sequence_and_go_with_Clear()
    {
        var batch = new TokenBatch();
        batch.Add([1, 2, 3]);
        Assert.True(batch.SilentTokens.IsEmpty);
        batch.Add([1, 2, 3]);
        batch.SilenceFirst(2);
        for (int i = 0; i < 40; i++) batch.Add([4]);
        Assert.Equal([0, 2, .. new int[40]], batch.SilentTokens);
        batch.Clear();
        batch.Add([1]);
        Assert.True(batch.SilentTokens.IsEmpty);
    }
}
