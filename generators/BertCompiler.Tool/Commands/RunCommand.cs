using System.CommandLine;
using BertCompiler.Core.Plan;
using BertCompiler.Tool.Commands.Running;
using BertCompiler.Tool.Commands.Tasks;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands;

/// <summary><c>bertc run</c>: the model's bare numbers for given ids.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> model = CommonOptions.Model();
        Option<FileInfo> inputs = new("--inputs") { Description = "Safetensors: NAME.input_ids, int64 [B,T] or [B,C,T]; optional NAME.attention_mask and NAME.token_type_ids.", Required = true };
        Option<FileInfo> output = new("--output", "-o") { Description = "Safetensors: NAME.last_hidden_state, NAME.logits …, fp32; rows of padding are zero.", Required = true };
        Option<bool> hidden = new("--hidden-states") { Description = "Also the hidden states behind the embeddings and behind each layer: NAME.hidden_states.0 …" };
        Option<bool> attentions = new("--attentions") { Description = "Also the attention probabilities of each layer: NAME.attentions.0 …" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("run", "Runs a model on token ids and writes every result of it.") { model, inputs, output, hidden, attentions, json };
        Option<string?> head = CommonOptions.AddHead(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            CommonOptions.ModelOf(parsed, model, head),
            parsed.GetRequiredValue(inputs).ToString(),
            parsed.GetRequiredValue(output).FullName,
            (parsed.GetValue(hidden) ? Taps.Hidden : Taps.None) | (parsed.GetValue(attentions) ? Taps.Attention : Taps.None),
            parsed.GetValue(json),
            cancellation)));
        return command;
    }

    private static int Run(ModelPath folder, string inputs, string output, Taps taps, bool json, CancellationToken cancellation)
    {
        TextOptions.RequireFile(inputs);
        OutputPath.CheckTensors(output, ModelOutput.IsResult);
        if (Path.GetFullPath(inputs) == Path.GetFullPath(output)) throw new CommandException($"--output {output} is what --inputs reads", isUsage: true);
        CachedModel model = ModelOpener.Compile(folder, taps, ModelCache.OfUser, cancellation);
        RunSummary summary = TerminalProgress.Run("running", progress => new BatchRunner(model, taps).Run(inputs, output, progress, cancellation));
        if (json) WriteJson(summary, output);
        else Console.WriteLine(FormattableString.Invariant($"{output}: {Wording.Count(summary.Tensors, "tensor")} for {Wording.Count(summary.Groups, "group")}, {Wording.Count(summary.Sequences, "sequence")}, {Wording.Count(summary.Tokens, "token")}"));
        return ExitCodes.Success;
    }

    private static void WriteJson(RunSummary summary, string output) => JsonOutput.Write(json =>
    {
        json.WriteString("output", output);
        json.WriteNumber("groups", summary.Groups);
        json.WriteNumber("sequences", summary.Sequences);
        json.WriteNumber("tokens", summary.Tokens);
        json.WriteNumber("tensors", summary.Tensors);
    });
}
