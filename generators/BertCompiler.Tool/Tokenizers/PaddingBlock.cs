using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>The block <c>padding</c> of a tokenizer.json.</summary>
/// <param name="Length">Tokens to pad to, or null: to the longest of the batch.</param>
/// <param name="MultipleOf">The length is rounded up to a multiple of this; 0: not.</param>
/// <param name="Id">Id of the padding token.</param>
/// <param name="TypeId">Its type id.</param>
/// <param name="Text">Its text.</param>
/// <param name="Side">At which end it is added.</param>
internal sealed record PaddingBlock(int? Length, int MultipleOf, int Id, int TypeId, string Text, TextSide Side);
