using System.Text;
using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>Normalises texts as the compiled tokenizer will: with its own code, over tables that hold nothing but character maps.</summary>
internal static unsafe class NormalForms
{
    /// <summary>The texts by which added tokens are found: of those that are looked for in normalised text, the normal form.</summary>
    /// <param name="tokens">The added tokens.</param>
    /// <param name="normalizers">The steps of normalising.</param>
    /// <param name="characterMaps">What the steps name by index.</param>
    public static string[] Of(IReadOnlyList<AddedToken> tokens, IReadOnlyList<TokenizerStep> normalizers, IReadOnlyList<byte[]> characterMaps)
    {
        var texts = new string[tokens.Count];
        for (int i = 0; i < texts.Length; i++) texts[i] = tokens[i].Text;
        if (normalizers.Count == 0 || tokens.All(t => (t.Flags & AddedTokenFlags.Normalized) == 0)) return texts;
        TokenizerDescription steps = OnlySteps(normalizers, characterMaps);
        byte[] section = TokenizerSection.ToArray(steps);
        fixed (byte* data = section)
        {
            var pipeline = new DescribedPipeline(new TokenizerTables((nint)data, section.Length), steps);
            var text = new NormalizedText();
            for (int i = 0; i < texts.Length; i++)
            {
                if ((tokens[i].Flags & AddedTokenFlags.Normalized) == 0) continue;
                text.Reset(tracks: false);
                text.AppendBytes(Encoding.UTF8.GetBytes(texts[i]), 0, 0);
                pipeline.Normalize(text);
                texts[i] = Encoding.UTF8.GetString(text.Bytes);
            }
        }

        return texts;
    }

    private static TokenizerDescription OnlySteps(IReadOnlyList<TokenizerStep> normalizers, IReadOnlyList<byte[]> characterMaps) => new()
    {
        Model = TokenizerModelKind.WordLevel,
        Pieces = [new("a", 0)],
        Normalizers = normalizers,
        CharacterMaps = characterMaps,
        AddedTokens = [],
        SingleTemplate = [new() { Id = TemplatePiece.First }],
        PairTemplate = [new() { Id = TemplatePiece.First }, new() { Id = TemplatePiece.Second }],
        Special = SpecialIds.None,
    };
}
