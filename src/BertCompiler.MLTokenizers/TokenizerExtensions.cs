using BertCompiler.Tokenization;

namespace BertCompiler.MLTokenizers;

/// <summary>Gives compiled tokenizers to code that asks for a <see cref="Microsoft.ML.Tokenizers.Tokenizer"/>.</summary>
public static class TokenizerExtensions
{
    /// <summary>The tokenizer as Microsoft.ML.Tokenizers knows one. It is not copied: it must stay open as long as this is used.</summary>
    /// <param name="tokenizer">The compiled tokenizer.</param>
    /// <param name="addSpecialTokens">Whether ids, tokens and counts hold the special tokens of the model too; see <see cref="CompiledTokenizer"/>.</param>
    public static CompiledTokenizer AsMLTokenizer(this Tokenizer tokenizer, bool addSpecialTokens = false) => new(tokenizer, addSpecialTokens);
}
