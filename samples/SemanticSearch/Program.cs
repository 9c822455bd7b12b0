using System.CommandLine;
using SemanticSearch;
using SemanticSearch.Output;

var words = new Argument<string[]>("question") { Description = "What you want to know. Without one, questions are read from the terminal.", Arity = ArgumentArity.ZeroOrMore };
var more = new Option<string[]>("--query", "-q") { Description = "A question; may be given several times." };
var places = new Option<string[]>("--in", "-i") { Description = "File, or folder of .txt and .md files; may be given several times. Without one: the texts that come with the program." };
var top = new Option<int>("--top", "-n") { Description = "Passages shown for each question, 1 to 100.", DefaultValueFactory = _ => 3 };
var json = new Option<bool>("--json") { Description = "One JSON object a line for each question." };
var index = new Option<string?>("--index") { Description = "The index file; a file that is not an index is not replaced. Without it: one in your cache folder that belongs to the places." };
var rebuild = new Option<bool>("--rebuild") { Description = "Index everything again." };
top.Validators.Add(result =>
{
    if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out int n) && n is < 1 or > 100) result.AddError("--top: a number from 1 to 100");
});
words.Validators.Add(result =>
{
    // A word of a question may begin with a hyphen, "-5 degrees"; a letter after it is a mistyped option.
    string? mistyped = result.Tokens.Select(t => t.Value).FirstOrDefault(w => w.Length > 1 && w[0] == '-' && char.IsAsciiLetter(w.TrimStart('-').FirstOrDefault()) && !w.Contains(' '));
    if (mistyped is not null) result.AddError($"{mistyped}: there is no such option; in quotation marks with the rest of the question it is a word");
});
var root = new RootCommand("""
    Finds the passages of your texts that answer a question, by meaning.

    Exit codes: 0 answered; 1 there is nothing to search or the index cannot be used; 2 the command line is at fault; 130 cancelled.
    """)
{
    words, more, places, top, json, index, rebuild,
};
root.SetAction(parsed =>
{
    string question = string.Join(' ', parsed.GetValue(words) ?? []);
    bool hasWords = parsed.GetValue(words) is { Length: > 0 };
    return SearchCommand.Run(new SearchOptions
    {
        Queries = [.. hasWords ? [question] : Array.Empty<string>(), .. parsed.GetValue(more) ?? []],
        Places = parsed.GetValue(places) is { Length: > 0 } given ? given : [SearchCommand.OwnTexts],
        Top = parsed.GetValue(top),
        Json = parsed.GetValue(json),
        IndexPath = parsed.GetValue(index),
        Rebuild = parsed.GetValue(rebuild),
    });
});

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    parsed.Invoke();
    return ExitCodes.Usage;
}

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (UserException e)
{
    Terminal.Say(e.Message);
    return e.ExitCode;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Terminal.Say(e.Message);
    return ExitCodes.Failed;
}
