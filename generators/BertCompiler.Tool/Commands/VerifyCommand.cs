using System.CommandLine;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Verification;
using BertCompiler.Tool.Verification.Golden;
using BertCompiler.Tool.Verification.Tasks;

namespace BertCompiler.Tool.Commands;

/// <summary><c>bertc verify</c>: proves that models and tokenizers give the numbers that they must.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo[]> folders = new("DIR") { Description = "Folders with cases; or a folder of such folders.", Arity = ArgumentArity.OneOrMore };
        Option<DirectoryInfo?> golden = new("--golden") { Description = "Reference results for the model folders that are named: texts.jsonl, embeddings.safetensors, detail.safetensors, pairs.safetensors; or sparse.jsonl, fill_mask.jsonl, detail.safetensors." };
        Option<bool> details = new("--details") { Description = "Print a table of tensors for each folder. Without it, where there are several folders: a line each, and a table for those that fail." };
        Option<bool> json = CommonOptions.Json();
        Option<string?> head = new("--head") { Description = "With --golden: what is loaded of the folders, a class of the model's family or 'embedding'. Cases name their class themselves." };
        var command = new Command("verify", "Compares models and tokenizers with reference results. Exit code 1 if anything failed or was not run.") { folders, golden, head, details, json };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            [.. parsed.GetRequiredValue(folders).Select(f => f.ToString())],
            parsed.GetValue(golden)?.ToString(),
            parsed.GetValue(head),
            parsed.GetValue(details),
            parsed.GetValue(json),
            cancellation)));
        return command;
    }

    private static int Run(IReadOnlyList<string> folders, string? golden, string? head, bool details, bool json, CancellationToken cancellation)
    {
        if (golden is not null && !Directory.Exists(golden)) throw new CommandException($"--golden: there is no folder {golden}", isUsage: true);
        if (golden is null && head is not null) throw new CommandException("--head goes with --golden: a folder with cases says itself which class they were made with", isUsage: true);
        IFolderVerifier[] verifiers = golden is not null
            ? [new SequenceVerifier(ModelCache.OfUser, golden, head), new SparseGoldenVerifier(ModelCache.OfUser, golden, head), new GoldenVerifier(ModelCache.OfUser, golden, head)]
            : [.. TaskVerifiers.All(ModelCache.OfUser), new CaseVerifier(ModelCache.OfUser), new TokenizerFolderVerifier(ModelCache.OfUser)];
        var reports = new List<FolderReport>();

        // Named by a pattern of the shell among others, a folder without cases is no mistake.
        var passedOver = new List<string>();
        IReadOnlyList<KeyValuePair<string, IFolderVerifier?>> found = FolderFinder.Find(folders, verifiers);
        if (found.Count > 1 && !details && !json) Console.WriteLine("verdict   share  folder");
        foreach ((string folder, IFolderVerifier? verifier) in found)
        {
            cancellation.ThrowIfCancellationRequested();
            if (verifier is null && found.Count > 1 && Directory.Exists(folder))
            {
                passedOver.Add(folder);
                continue;
            }

            FolderReport report = verifier?.Verify(folder, cancellation) ?? Unknown(folder);
            reports.Add(report);
            if (json) continue;
            if (found.Count > 1 && !details && report.Verdict != Verdict.Failed) ReportPrinter.PrintLine(report, Terminal.Output);
            else ReportPrinter.Print(report, Terminal.Output);
        }

        if (reports.Count == 0) reports.AddRange(passedOver.Select(Unknown));
        else if (passedOver.Count > 0 && !json) Console.WriteLine($"passed over, for they hold no cases: {string.Join(", ", passedOver)}");
        if (json) JsonOutput.Write(writer => ReportPrinter.WriteJson(writer, reports));
        else Console.WriteLine(ReportPrinter.VerdictLine(reports));
        return reports.TrueForAll(r => r.Verdict == Verdict.Passed) ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static FolderReport Unknown(string folder)
    {
        string why = Directory.Exists(folder)
            ? "nothing here can be verified: expected case.json with expected.safetensors or a task, cases_*.jsonl, or a model with --golden DIR"
            : "there is no such folder";
        return FolderReport.Without(folder, "unknown", Verdict.Failed, why);
    }
}
