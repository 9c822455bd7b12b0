using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Compiler.Tests.Tokenizers;

/// <summary>
/// Damaged tokenizer files are read or refused with a problem, and what is read tokenizes. BERTCOMPILER_FUZZ_RUNS sets how many damages are tried.
/// </summary>
public sealed class TokenizerFuzzTest : IDisposable
{
    private const int UsualRounds = 2000;

    private readonly string _folder = Directory.CreateTempSubdirectory("bert-fuzz-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedTheory]
    [InlineData("tokenizer.json")]
    [InlineData("vocab.txt")]
    public void DamageIsReportedOrHarmless(string file)
    {
        byte[] sound = File.ReadAllBytes(SharedData.Require("golden", "hostile", "_valid", file));
        int rounds = int.TryParse(Environment.GetEnvironmentVariable("BERTCOMPILER_FUZZ_RUNS"), out int asked) ? asked : UsualRounds;
        var random = new Random(20261124);
        int refused = 0;
        for (int round = 0; round < rounds; round++)
        {
            File.WriteAllBytes(Path.Combine(_folder, file), Damage(sound, random));
            TokenizerReading reading = TokenizerReader.Read(_folder, tableRows: 20);
            if (reading.Tokenizer is null)
            {
                refused++;
                Assert.Contains(reading.Problems, p => p.Severity == Severity.Error);
                continue;
            }

            using var loaded = new LoadedTokenizer(reading.Tokenizer);
            Assert.All(loaded.Tokenizer.Encode("The cats jumped, [MASK] un-mat.").Tokens, t => Assert.InRange(t.Id, 0, 19));
        }

        Assert.InRange(refused, rounds / 20, rounds);
    }

    /// <summary>Half of the damages hit what stands before the vocabulary: the steps.</summary>
    [SharedTheory]
    [InlineData("odd1_nfd_lower_strip_whitespace")]
    [InlineData("odd3_bpe_metaspace_prepend")]
    [InlineData("odd4_split_regex_isolated")]
    [InlineData("odd5_bytelevel_sequence_post")]
    [InlineData("odd8_unigram_bertpre")]
    [InlineData("spm_bpe_byte_fallback")]
    public void DamageOfAnyPipelineIsReportedOrHarmless(string name)
    {
        const int beforeVocabulary = 4000;
        byte[] sound = File.ReadAllBytes(SharedData.Require("golden", "tokenizers", name, "tokenizer.json"));
        int rounds = (int.TryParse(Environment.GetEnvironmentVariable("BERTCOMPILER_FUZZ_RUNS"), out int asked) ? asked : UsualRounds) / 10;
        var random = new Random(20261125);
        int refused = 0;
        for (int round = 0; round < rounds; round++)
        {
            int hit = round % 2 == 0 ? Math.Min(beforeVocabulary, sound.Length) : sound.Length;
            byte[] damaged = [.. Damage(sound[..hit], random), .. sound[hit..]];
            File.WriteAllBytes(Path.Combine(_folder, "tokenizer.json"), damaged);
            TokenizerReading reading = TokenizerReader.Read(_folder, tableRows: null);
            if (reading.Tokenizer is null)
            {
                refused++;
                Assert.Contains(reading.Problems, p => p.Severity == Severity.Error);
                continue;
            }

            using var loaded = new LoadedTokenizer(reading.Tokenizer);
            int count = loaded.Tokenizer.VocabularySize;
            int[] ids = loaded.Tokenizer.Encode("The cats jumped, [MASK] 12 un-mat ﬁ中.").Ids();
            Assert.All(ids, id => Assert.InRange(id, 0, count - 1));
            loaded.Tokenizer.Decode(ids);
        }

        Assert.InRange(refused, rounds / 20, rounds - 1);
    }

    /// <summary>Changes a byte, cuts, doubles or moves a piece.</summary>
    private static byte[] Damage(byte[] sound, Random random)
    {
        var bytes = new List<byte>(sound);
        for (int changes = random.Next(1, 4); changes > 0 && bytes.Count > 1; changes--)
        {
            int at = random.Next(bytes.Count);
            int length = random.Next(1, Math.Min(40, bytes.Count - at) + 1);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = (byte)"0123456789{}[]\",:-\\ "[random.Next(20)];
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                default:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }
}
