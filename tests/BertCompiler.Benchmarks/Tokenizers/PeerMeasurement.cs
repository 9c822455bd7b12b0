namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>Medians of ours and another tokenizer, in milliseconds of processor time, ids alone.</summary>
/// <param name="Peer">The other.</param>
/// <param name="Name">Ours.</param>
/// <param name="Tokens">Tokens of all texts, ours.</param>
/// <param name="Different">Texts whose ids differ from ours, which are the Hugging Face library's.</param>
/// <param name="Texts">All texts.</param>
/// <param name="Ours">Ours for all texts.</param>
/// <param name="Theirs">The other's for all texts.</param>
/// <param name="OurOpening">Until a first text is encoded, ours; loading the class's assembly is counted.</param>
/// <param name="TheirOpening">Until a first text is encoded, the other.</param>
internal sealed record PeerMeasurement(string Peer, string Name, long Tokens, int Different, int Texts, double Ours, double Theirs, double OurOpening, double TheirOpening);
