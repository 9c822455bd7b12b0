using System.CommandLine;

namespace BertCompiler.Tool.Commands.Embedding;

/// <summary>The options of <c>bertc embed</c> that an embedding call has too.</summary>
internal sealed class EmbedArguments
{
    private readonly Option<Truncation> _truncation = new Option<Truncation>("--truncation") { Description = "What to do with a text that is too long: Right cuts it and says so, Error refuses.", DefaultValueFactory = _ => Truncation.Right }.Named();
    private readonly Option<string?> _prompt = new("--prompt") { Description = "Put before every text, instead of the model's default prompt; '': nothing is." };
    private readonly Option<string?> _promptName = new("--prompt-name") { Description = "The name of one of the model's prompts, instead of its default one: query, document …" };
    private readonly Option<int?> _dimensions = new Option<int?>("--dimensions") { Description = "Keep this many numbers of each vector." }.AtLeast(1);
    private readonly Option<bool> _normalize = new("--normalize") { Description = "Divide each vector by its length, behind everything else." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_truncation, _prompt, _promptName, _dimensions, _normalize]) command.Add(option);
    }

    /// <summary>What was given.</summary>
    /// <exception cref="CommandException">Two prompts.</exception>
    public EmbedOptions Read(ParseResult parsed)
    {
        if (parsed.GetValue(_prompt) is not null && parsed.GetValue(_promptName) is not null) throw new CommandException("--prompt and --prompt-name exclude one another", isUsage: true);
        return new EmbedOptions
        {
            Prompt = parsed.GetValue(_prompt),
            PromptName = parsed.GetValue(_promptName),
            Dimensions = parsed.GetValue(_dimensions),
            Normalize = parsed.GetValue(_normalize),
            Truncation = parsed.GetValue(_truncation),
        };
    }
}
