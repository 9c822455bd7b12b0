using System.CommandLine;
using BertCompiler.Differential;
using BertCompiler.Testing;
using BertCompiler.Testing.Oracle;

string[] known = ["all", "sweep", "lines", "random"];
Argument<string[]> kinds = new("texts") { Description = $"Kinds of texts: {string.Join(", ", known)}.", Arity = ArgumentArity.OneOrMore };
kinds.Validators.Add(result =>
{
    foreach (string kind in result.Tokens.Select(t => t.Value).Where(k => !known.Contains(k))) result.AddError($"there are no texts of the kind '{kind}'");
});
Option<string[]> names = new("--tokenizer") { Description = "Only these folders of the shared tokenizers.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
Option<int> lines = new("--lines") { Description = "Lines of real text for each tokenizer.", DefaultValueFactory = _ => 100_000 };
Option<int> random = new("--random") { Description = "Texts by chance for each tokenizer.", DefaultValueFactory = _ => 20_000 };
Option<int> seed = new("--seed") { Description = "Begins the chance with.", DefaultValueFactory = _ => 1 };
Option<int> show = new("--show") { Description = "Differences that are written out.", DefaultValueFactory = _ => 20 };
Option<DirectoryInfo> cases = new("--cases") { Description = "Folder that takes the differences shown as stored cases." };
var root = new RootCommand("Every tokenizer against the Hugging Face library. Exit code 0: nothing differs; 1: something does; 2: the library is not there.") { kinds, names, lines, random, seed, show, cases };
root.SetAction(parsed =>
{
    if ((SharedData.Root is null ? SharedData.Missing : HuggingFaceOracle.Missing) is { } reason)
    {
        Console.Error.WriteLine(reason);
        return 2;
    }

    var options = new DifferentialOptions
    {
        Kinds = parsed.GetRequiredValue(kinds),
        Names = parsed.GetRequiredValue(names),
        Lines = parsed.GetValue(lines),
        Random = parsed.GetValue(random),
        Seed = parsed.GetValue(seed),
        Shown = parsed.GetValue(show),
        Cases = parsed.GetValue(cases)?.FullName,
    };
    using var run = new DifferentialRun(options);
    return run.Run() ? 0 : 1;
});
return root.Parse(args).Invoke();
