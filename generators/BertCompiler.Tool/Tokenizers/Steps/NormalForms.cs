using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>Normalises texts as the packed tokenizer will: with its own code, on a section that holds nothing but the steps.</summary>
internal static unsafe class NormalForms
{
    /// <summary>The texts by which added tokens are found: of those that are looked for in normalised text, the normal form.</summary>
    public static string[] Of(IReadOnlyList<AddedToken> tokens, IReadOnlyList<PipelineStep> normalizers)
    {
        var texts = new string[tokens.Count];
        for (int i = 0; i < texts.Length; i++) texts[i] = tokens[i].Text;
        if (normalizers.Count == 0 || tokens.All(t => (t.Flags & AddedTokenFlags.Normalized) == 0)) return texts;
        byte[] section = TokenizerSection.ToArray(OnlySteps(normalizers));
        fixed (byte* data = section)
        {
            var chain = new NormalizerChain(new TokenizerSectionView((nint)data, section.Length));
            var scratch = new TokenizerScratch();
            for (int i = 0; i < texts.Length; i++)
            {
                if ((tokens[i].Flags & AddedTokenFlags.Normalized) == 0) continue;
                chain.Normalize(texts[i], 0, texts[i].Length, tracks: false, scratch);
                texts[i] = scratch.Normalized.Characters.ToString();
            }
        }

        return texts;
    }

    private static TokenizerDescription OnlySteps(IReadOnlyList<PipelineStep> normalizers) => new()
    {
        Model = TokenizerModelKind.WordLevel,
        Pieces = [new("a", 0)],
        Normalizers = normalizers,
        AddedTokens = [],
        SingleTemplate = [new() { Id = TemplatePiece.First }],
        PairTemplate = [new() { Id = TemplatePiece.First }, new() { Id = TemplatePiece.Second }],
        Special = SpecialIds.None,
    };
}
