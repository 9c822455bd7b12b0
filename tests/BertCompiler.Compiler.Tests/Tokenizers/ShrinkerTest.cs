using BertCompiler.Differential;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>A text that shows a difference is cut down to what shows it.</summary>
public sealed class ShrinkerTest
{
    [Theory]
    [InlineData("xxaxx\U0001F600xxbxxx", "ab")]
    [InlineData("ab", "ab")]
    [InlineData("\U0001F600a\U0001F600b\U0001F600\U0001F600", "ab")]
    public void WhatIsNotNeededGoes(string text, string shortest)
        => Assert.Equal(shortest, Shrinker.Shrink(text, texts => Array.ConvertAll(texts, t => t.Contains('a', StringComparison.Ordinal) && t.IndexOf('b', StringComparison.Ordinal) > t.IndexOf('a', StringComparison.Ordinal))));

    [Fact]
    public void OneCharacterMayBeEnough() => Assert.Equal("\U0001F600", Shrinker.Shrink("abc\U0001F600def", texts => Array.ConvertAll(texts, t => t.Contains("\U0001F600", StringComparison.Ordinal))));
}
