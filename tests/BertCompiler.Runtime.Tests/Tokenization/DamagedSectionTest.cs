using System.Runtime.InteropServices;
using BertCompiler.Testing;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>
/// A damaged section is refused with a clear exception or still works; it never makes the program read elsewhere. BERTCOMPILER_FUZZ_RUNS sets how
/// many damages are tried.
/// </summary>
public sealed unsafe class DamagedSectionTest
{
    private const int UsualRounds = 3000;
    private const string Usual = "wp_custom_special";
    private const string Sample = "The cat [MASK] sat on the mat, café 中文 new york ABC unbelievably xyzzy";

    private static readonly int[] Ids = [.. Enumerable.Range(0, 3020)];

    private static byte[] Section(string name = Usual) => TokenizerSection.ToArray(GoldenTokenizers.Describe(name));

    [SharedFact]
    public void SameDescriptionSameBytes() => Assert.Equal(Section(), Section());

    [SharedFact]
    public void ACutSectionIsRefused()
    {
        byte[] section = Section();
        TokenizerDescription description = GoldenTokenizers.Describe(Usual);
        for (int length = 0; length < section.Length; length += length < 400 ? 1 : 997)
        {
            Assert.Throws<InvalidDataException>(() => Use(section.AsSpan(0, length).ToArray(), description));
        }
    }

    [SharedFact]
    public void AnotherVersionIsRefused()
    {
        byte[] section = Section();
        section[8]++;
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => Use(section, GoldenTokenizers.Describe(Usual)));
        Assert.Contains("version", e.Message, StringComparison.Ordinal);
    }

    [SharedTheory]
    [InlineData("wp_custom_special")]
    [InlineData("bbpe_prefix")]
    [InlineData("odd4_split_regex_isolated")]
    [InlineData("odd8_unigram_bertpre")]
    [InlineData("albert")]
    [InlineData("spm_bpe_byte_fallback")]
    public void DamageGivesAnAnswerOrAClearException(string name)
    {
        byte[] section = Section(name);
        TokenizerDescription description = GoldenTokenizers.Describe(name);
        int rounds = int.TryParse(Environment.GetEnvironmentVariable("BERTCOMPILER_FUZZ_RUNS"), out int asked) ? asked : UsualRounds;
        var random = new Random(20261124);
        int refused = 0;
        for (int round = 0; round < rounds; round++)
        {
            byte[] damaged = (byte[])section.Clone();

            // A damaged header is mostly refused at once, so every other round damages only what lies behind it.
            bool header = round % 2 == 0;
            for (int changes = random.Next(1, header ? 3 : 300); changes > 0; changes--)
            {
                int at = header ? random.Next(sizeof(TokenizerHeader)) : random.Next(sizeof(TokenizerHeader), damaged.Length);
                damaged[at] = (byte)random.Next(256);
            }

            try
            {
                Use(damaged, description);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, rounds / 8, rounds - 1);
    }

    private static void Use(byte[] section, TokenizerDescription description)
    {
        void* memory = NativeMemory.AlignedAlloc((nuint)Math.Max(section.Length, 1), TokenizerHeader.Alignment);
        try
        {
            section.CopyTo(new Span<byte>(memory, section.Length));
            Tokenizer tokenizer = Tokenizer.Open((nint)memory, section.Length, tables => new DescribedPipeline(tables, description));
            tokenizer.Append(Sample, int.MaxValue, new TokenBatch());
            tokenizer.Encode(Sample, "b");
            tokenizer.Decode(Ids, skipSpecialTokens: true);
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }
}
