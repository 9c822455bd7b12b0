using System.CommandLine;
using BertCompiler.Compiler.Tests.Fuzz;
using BertCompiler.Fuzz;

if (InstrumentedRun.TryParse(args) is { } instrumented) return instrumented.Run();

Argument<string[]> parsers = new("parsers") { Description = $"What is fuzzed, one after the other; 'all': everything. {string.Join(", ", FuzzTargets.Names)}.", Arity = ArgumentArity.OneOrMore };
parsers.Validators.Add(result =>
{
    foreach (string name in result.Tokens.Select(t => t.Value).Where(n => n != "all" && !FuzzTargets.Names.Contains(n))) result.AddError($"there is no parser '{name}'");
});
Option<double> minutes = new("--minutes") { Description = "Minutes for each.", DefaultValueFactory = _ => 10 };
Option<int> seed = new("--seed") { Description = "Begins the chance with; default: another one each time.", DefaultValueFactory = _ => Environment.TickCount & int.MaxValue };
Option<DirectoryInfo> findings = new("--findings") { Description = "Where inputs go that a parser does not stand.", DefaultValueFactory = _ => new DirectoryInfo("fuzz-findings") };
Option<FileInfo> input = new("--input") { Description = "Only this input, once." };
var root = new RootCommand("Feeds parsers with spoiled files. Exit code 0: all stood it; 1: not all.") { parsers, minutes, seed, findings, input };
root.SetAction(parsed =>
{
    string[] names = parsed.GetRequiredValue(parsers);
    if (parsed.GetValue(input) is { } file) return SingleInput.Run(names[0], file.FullName) ? 0 : 1;
    string copy = InstrumentedCopy.Make();
    bool stood = true;
    foreach (string name in names.Contains("all") ? FuzzTargets.Names : names)
    {
        var session = new FuzzSession(copy, name, parsed.GetRequiredValue(findings).FullName);
        stood &= session.Run(TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(seed));
    }

    return stood ? 0 : 1;
});
return root.Parse(args).Invoke();
