using System.CommandLine;
using BertCompiler.Benchmarks;
using BertCompiler.Testing;
using BertCompiler.Tool.Compilation;

Option<DirectoryInfo> model = new("--model") { Description = "Model folder with model.onnx beside the weights; default: shared/models/all-MiniLM-L6-v2." };
Option<int> threads = new("--threads") { Description = "Threads for both sides.", DefaultValueFactory = _ => 1 };
Option<int> rounds = new("--rounds") { Description = "Interleaved rounds of each case.", DefaultValueFactory = _ => 15 };
Option<bool> json = new("--json") { Description = "Write JSON." };
var root = new RootCommand("BertCompiler against ONNX Runtime: the same token ids to hidden states, interleaved, medians.") { model, threads, rounds, json };
root.SetAction(parsed =>
{
    string folder = parsed.GetValue(model)?.FullName ?? SharedData.Require("models", "all-MiniLM-L6-v2");
    using var comparison = new Comparison(folder, parsed.GetValue(threads), ModelCache.OfUser);
    IReadOnlyList<Measurement> measurements = [.. Comparison.Cases.Select(c => comparison.Measure(c.Texts, c.Tokens, parsed.GetValue(rounds)))];
    if (parsed.GetValue(json)) Report.WriteJson(measurements, parsed.GetValue(threads));
    else Report.WriteTable(measurements, parsed.GetValue(threads));
    return 0;
});
root.Subcommands.Add(BertCompiler.Benchmarks.Tokenizers.TokenizerCommand.Create());
root.Subcommands.Add(BertCompiler.Benchmarks.RandomModels.LongTextCommand.Create());
root.Subcommands.Add(BertCompiler.Benchmarks.RandomModels.FillMaskCommand.Create());
root.Subcommands.Add(BertCompiler.Benchmarks.ColdStart.ColdStartCommand.Create());
return root.Parse(args).Invoke();
