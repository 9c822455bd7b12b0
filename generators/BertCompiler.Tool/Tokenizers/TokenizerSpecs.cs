using System.Globalization;
using BertCompiler.Core.Spec;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>What the compiler needs to know of a tokenizer.</summary>
internal static class TokenizerSpecs
{
    public static TokenizerSpec Of(TokenizerDescription tokenizer)
    {
        Dictionary<int, string> texts = tokenizer.Pieces.ToDictionary(p => p.Id, p => p.Text);
        foreach (AddedToken token in tokenizer.AddedTokens) texts[token.Id] = token.Text;
        return new()
        {
            Model = Enum.Parse<TokenizerModel>(tokenizer.Model.ToString()),
            Count = tokenizer.IdCount,
            LowerCase = tokenizer.Lowers,
            SpecialTokens = tokenizer.SingleTemplate.Count(p => !p.IsText),
            UnknownToken = texts.GetValueOrDefault(tokenizer.ModelUnknownId) ?? "",
            MaxWordLength = tokenizer.Model == TokenizerModelKind.WordPiece ? tokenizer.MaxWordLength : 0,
            ContinuationPrefix = tokenizer.ContinuationPrefix,
            WordSuffix = tokenizer.Suffix,
            Merges = tokenizer.Merges.Count,
            ByteFallback = (tokenizer.Options & TokenizerOptions.ByteFallback) != 0,
            TruncatesLeft = (tokenizer.Options & TokenizerOptions.TruncateLeft) != 0,
            Template = Template(tokenizer.SingleTemplate),
            PairTemplate = Template(tokenizer.PairTemplate),
            Pause = tokenizer.Pause,
            Normalizers = new(tokenizer.Normalizers),
            PreTokenizers = new(tokenizer.PreTokenizers),
            Decoders = new(tokenizer.Decoders),
        };

        string Template(IReadOnlyList<TemplatePiece> pieces) => string.Join(' ', pieces.Select(p =>
            TextOf(p.Id) + (p.TypeId == 0 ? "" : ":" + p.TypeId.ToString(CultureInfo.InvariantCulture))));

        string TextOf(int id) => id switch
        {
            TemplatePiece.First => "$A",
            TemplatePiece.Second => "$B",
            _ => texts.GetValueOrDefault(id) ?? "",
        };
    }
}
