using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>One window of the SQuAD script: the question, a part of the context, special tokens round them.</summary>
/// <param name="Encoding">What the model reads.</param>
/// <param name="FirstPiece">Number of the first piece of the context in it.</param>
/// <param name="Count">Number of pieces of the context.</param>
/// <param name="Offset">Index of the first piece of the context in the window.</param>
/// <param name="QuestionTruncated">Whether the question was cut.</param>
internal sealed record SquadFeature(TokenEncoding Encoding, int FirstPiece, int Count, int Offset, bool QuestionTruncated)
{
    /// <summary>The windows of a question and a document, one at least.</summary>
    /// <exception cref="TruncationException">The question leaves no room.</exception>
    public static IReadOnlyList<SquadFeature> Of(string question, SquadDocument document, SquadOptions options, Tokenizer tokenizer)
    {
        Token[] asked = [.. tokenizer.Encode(question, options: new EncodeOptions { AddSpecialTokens = false }).Tokens];
        bool cut = asked.Length > options.MaxQueryLength;
        if (cut) asked = asked[..options.MaxQueryLength];
        int room = options.MaxLength!.Value - asked.Length - tokenizer.SpecialTokenCount(pair: true);
        if (room < 1) throw new TruncationException($"the question has {asked.Length} tokens; a window of {options.MaxLength} has no room for the context: shorten the question or make {nameof(SquadOptions.MaxQueryLength)} less", nameof(question), asked.Length, asked.Length + room - 1);
        var template = new PairTemplate(tokenizer);
        int offset = template.SecondOffset(asked.Length);
        var features = new List<SquadFeature>();
        for (int start = 0; ; start += Math.Min(room, options.DocStride))
        {
            int count = Math.Min(room, document.Pieces.Length - start);
            TokenEncoding encoding = template.Assemble(asked, document.Pieces[start..(start + count)]);
            features.Add(new SquadFeature(encoding, start, count, offset, cut));
            if (start + count == document.Pieces.Length) return features;
        }
    }
}
