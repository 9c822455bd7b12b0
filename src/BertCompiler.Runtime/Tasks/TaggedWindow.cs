using BertCompiler.Tokenization;

namespace BertCompiler.Tasks;

/// <summary>One window of a text that is tagged: its tokens, with places in the whole text, and what the model says.</summary>
/// <param name="Tokens">The tokens, [T].</param>
/// <param name="Continues">Whether each token continues the word before it, by Hugging Face's rule, [T].</param>
/// <param name="Logits">[T, labels].</param>
internal sealed record TaggedWindow(Token[] Tokens, bool[] Continues, float[] Logits);
