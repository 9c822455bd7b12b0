using System.Collections;
using System.Diagnostics;
using System.Text;

namespace BertCompiler.Build.Tests;

/// <summary>Runs other programs.</summary>
internal static class Command
{
    // Far more than any needs on an idle machine; a test that hangs must end.
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs <c>dotnet</c> as a person would in that folder: nothing of the build that runs this test is inherited.</summary>
    public static CommandResult Dotnet(string folder, params string[] arguments) =>
        Run(folder, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments);

    public static CommandResult Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            string name = (string)variable.Key;
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("BERT", StringComparison.OrdinalIgnoreCase)) start.Environment.Remove(name);
        }

        // No process may outlive the test.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        void append(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null) return; // the end of one of the two streams
            lock (output) output.Append(line.Data).Append('\n');
        }

        process.OutputDataReceived += append;
        process.ErrorDataReceived += append;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        string command = $"{Path.GetFileName(program)} {string.Join(' ', arguments)}";
        if (!process.WaitForExit(_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{command}: still running after {_limit}\n{output}");
        }

        process.WaitForExit(); // the streams too
        return new CommandResult(command, process.ExitCode, output.ToString());
    }
}
