using BertCompiler.Core.Problems;
using BertCompiler.Tool.Tokenizers.SentencePiece.Schema;

namespace BertCompiler.Tool.Tokenizers.SentencePiece;

/// <summary>
/// How a family numbers the pieces of its SentencePiece model (transformers, <c>convert_slow_tokenizer.py</c>: XLMRobertaConverter,
/// CamembertConverter, AlbertConverter, DebertaV2Converter): fairseq put tokens of its own before them.
/// </summary>
/// <param name="Before">The tokens before the pieces, and their scores.</param>
/// <param name="Skipped">How many pieces of the model are left out at its beginning.</param>
/// <param name="UnknownId">Id of the unknown token; −1: the model's own.</param>
/// <param name="Mask">Whether the mask stands behind the pieces.</param>
/// <param name="IsRoberta">Whether texts are joined as RoBERTa joins them, else as BERT does.</param>
internal sealed record SentencePieceLayout(IReadOnlyList<(string Text, double Score)> Before, int Skipped, int UnknownId, bool Mask, bool IsRoberta)
{
    private static readonly SentencePieceLayout XlmRoberta = new([("<s>", 0), ("<pad>", 0), ("</s>", 0), ("<unk>", 0)], 3, 3, Mask: true, IsRoberta: true);

    private static readonly SentencePieceLayout Camembert =
        new([("<s>NOTUSED", 0), ("<pad>", 0), ("</s>NOTUSED", 0), ("<unk>", 0), ("<unk>NOTUSED", -100)], 1, 3, Mask: true, IsRoberta: true);

    private static readonly SentencePieceLayout Albert = new([], 0, -1, Mask: false, IsRoberta: false);

    private static readonly SentencePieceLayout DebertaV2 = new([], 0, -1, Mask: true, IsRoberta: false) { IsDeberta = true };

    /// <summary>Whether the steps around the model are DeBERTa's: texts are not cut at spaces before pieces are looked for.</summary>
    public bool IsDeberta { get; private init; }

    /// <summary>The special tokens, where the files name none.</summary>
    public TokenRoles Special => (IsRoberta ? TokenizerClass.XlmRoberta : IsDeberta ? TokenizerClass.DebertaV2 : TokenizerClass.Albert).Special;

    /// <summary>The layout of the tokenizer class that the files beside a model name, or that goes with its family.</summary>
    /// <param name="model">The parsed model.</param>
    /// <param name="path">Its path.</param>
    /// <param name="files">The files beside it.</param>
    /// <exception cref="TokenizerFault">A class that is not known.</exception>
    public static SentencePieceLayout Of(ModelProto model, string path, TokenizerFiles files)
    {
        if (files.Class == TokenizerClass.XlmRoberta) return XlmRoberta;
        if (files.Class == TokenizerClass.Camembert) return Camembert;
        if (files.Class == TokenizerClass.Albert) return Albert;
        if (files.Class == TokenizerClass.DebertaV2) return DebertaV2;
        string? found = files.ClassName ?? files.Family;
        if (found is null && model.Pieces.Count > 3 && model.Pieces[0].Piece_ == "<unk>") return XlmRoberta;
        throw new TokenizerFault(new(ProblemKinds.TokenizerUnsupported, Severity.Error, path, 0, 0,
            $"{Path.GetFileName(path)}: without a tokenizer.json, the classes XLMRobertaTokenizer, CamembertTokenizer, AlbertTokenizer and DebertaV2Tokenizer are supported; found {(found is null ? "none" : $"'{found}'")}"));
    }
}
