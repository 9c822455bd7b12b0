using System.Diagnostics;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Runs <c>bertc</c> as a user does: a process of its own, with a cache of its own.</summary>
internal static class Bertc
{
    private static readonly string _cache = Directory.CreateTempSubdirectory("bertc-cache-").FullName;

    public sealed record Result(int ExitCode, string Output, string Errors);

    public static Result Run(string input, params string[] arguments) => Run(input, [], arguments);

    /// <summary>Starts it; its streams are open.</summary>
    public static Process Start(params string[] arguments) => Start([], arguments);

    private static Process Start(IReadOnlyList<KeyValuePair<string, string>> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "bertc.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["XDG_CACHE_HOME"] = _cache;
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static Result Run(string input, IReadOnlyList<KeyValuePair<string, string>> environment, params string[] arguments)
    {
        using Process process = Start(environment, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Result(process.ExitCode, output, errors.Result);
    }
}
