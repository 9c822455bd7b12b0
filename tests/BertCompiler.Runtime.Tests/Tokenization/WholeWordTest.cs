using System.Runtime.InteropServices;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>Words that are one token are found with one look, and a thread remembers others: both give what cutting gives.</summary>
public sealed class WholeWordTest
{
    [SharedTheory]
    [MemberData(nameof(Names))]
    public void MarksChangeNothing(string name)
    {
        TokenizerDescription description = GoldenTokenizers.Describe(name);
        byte[] section = TokenizerSection.ToArray(description);
        using var marked = new PackedModel(section);
        using var unmarked = new PackedModel(WithoutMarks(section));
        string suffix = description.Suffix;
        string[] words = [.. description.Pieces.Select(p => p.Text).Where(t => t.Length > 0)
            .SelectMany(t => suffix.Length > 0 && t.EndsWith(suffix, StringComparison.Ordinal) && t.Length > suffix.Length ? (string[])[t, t[..^suffix.Length]] : [t])];
        foreach (bool tracks in (bool[])[false, true])
        {
            PieceList expected = unmarked.Cut(words, tracks);
            PieceList found = marked.Cut(words, tracks);
            Assert.Equal(expected.Ids.ToArray(), found.Ids.ToArray());
            if (!tracks) continue;
            Assert.Equal(expected.Starts.ToArray(), found.Starts.ToArray());
            Assert.Equal(expected.Ends.ToArray(), found.Ends.ToArray());
            Assert.Equal(expected.Words.ToArray(), found.Words.ToArray());
            Assert.Equal(expected.Texts, found.Texts);
        }

        Assert.NotEqual(section, WithoutMarks(section));
    }

    /// <summary>Two models on one thread do not take each other's words.</summary>
    [SharedFact]
    public void WhatIsRememberedBelongsToItsModel()
    {
        string[] words = ["unbelievableness", "preposterously", "zzzz", "Ġantidisestablish", "xyzzy"];
        using var first = new PackedModel(GoldenTokenizers.Describe("bbpe"));
        using var second = new PackedModel(GoldenTokenizers.Describe("bbpe_prefix"));
        int[] byFirst = first.Ids(words);
        int[] bySecond = second.Ids(words);
        Assert.NotEqual(byFirst, bySecond);
        var scratch = new TokenizerScratch();
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(byFirst, first.Cut(words, scratch: scratch).Ids.ToArray());
            Assert.Equal(bySecond, second.Cut(words, scratch: scratch).Ids.ToArray());
        }
    }

    public static TheoryData<string> Names() => new(GoldenTokenizers.Names);

    private static byte[] WithoutMarks(byte[] section)
    {
        byte[] copy = (byte[])section.Clone();
        TokenizerHeader header = MemoryMarshal.Read<TokenizerHeader>(copy);
        foreach (TokenizerHeader.Part part in (TokenizerHeader.Part[])[header.Slots, header.Words])
        {
            foreach (ref VocabularySlot slot in MemoryMarshal.Cast<byte, VocabularySlot>(copy.AsSpan((int)part.Offset))[..part.Count]) slot.Entry &= VocabularySlot.IdMask;
        }

        return copy;
    }
}
