using BertCompiler.Testing.Oracle;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Differential;

/// <summary>Tells ties from differences: segmentations of one text whose scores add up to the same are all best.</summary>
internal static class UnigramScores
{
    /// <summary>Both sums are taken in another order than the search adds them; the rest of a double's 53 bits is noise.</summary>
    private const double Noise = 1e-9;

    /// <summary>Whether both give the same total score, so that the choice hangs on the last bit of a double.</summary>
    public static bool IsTie(TokenizerDescription tokenizer, OracleEncoding ours, OracleEncoding theirs)
    {
        if (tokenizer.Model != TokenizerModelKind.Unigram) return false;
        double difference = Total(tokenizer, ours) - Total(tokenizer, theirs);
        return Math.Abs(difference) <= Noise * Math.Max(1, Math.Abs(Total(tokenizer, ours)));
    }

    private static double Total(TokenizerDescription tokenizer, OracleEncoding encoding)
    {
        double total = 0;
        for (int i = 0; i < encoding.Ids.Length; i++)
        {
            int id = encoding.Ids[i];
            int characters = encoding.Ends[i] - encoding.Starts[i];
            total += id == tokenizer.ModelUnknownId ? tokenizer.UnknownScore * characters : id < tokenizer.Scores.Count ? tokenizer.Scores[id] : 0;
        }

        return total;
    }
}
