namespace BertCompiler.Testing.Oracle;

/// <summary>What the Hugging Face library gives for one text, T tokens.</summary>
/// <param name="Ids">Token ids, [T].</param>
/// <param name="Starts">Where each token begins, in code points of the text, [T].</param>
/// <param name="Ends">Where each token ends, in code points of the text, [T].</param>
/// <param name="Words">The number of each token's word, −1 for a token of the template, [T].</param>
public sealed record OracleEncoding(int[] Ids, int[] Starts, int[] Ends, int[] Words);
