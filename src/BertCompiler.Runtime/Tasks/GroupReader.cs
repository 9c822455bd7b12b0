namespace BertCompiler.Tasks;

/// <summary>Asks for the results of texts that were run together, and reads them.</summary>
/// <param name="work">The run: its batch holds the texts.</param>
/// <param name="first">Number of the batch's first text among all.</param>
internal delegate void GroupReader(Workspace work, int first);
