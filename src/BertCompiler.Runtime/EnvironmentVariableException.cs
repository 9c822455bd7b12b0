namespace BertCompiler;

/// <summary>
/// An environment variable that the runtime reads (<c>BERTCOMPILER_MAX_THREADS</c>, <c>BERTCOMPILER_SIMD</c>) holds something that means
/// nothing, or that this machine cannot do. The message names it, and says what is expected.
/// </summary>
public sealed class EnvironmentVariableException : InvalidOperationException
{
    /// <summary>Says what is wrong with a variable.</summary>
    /// <param name="variable">Its name.</param>
    /// <param name="value">What it holds.</param>
    /// <param name="problem">What was expected, or why it cannot be done.</param>
    public EnvironmentVariableException(string variable, string value, string problem) : base($"{variable}={value}: {problem}")
    {
        Variable = variable;
        Value = value;
    }

    /// <summary>Says what is wrong.</summary>
    public EnvironmentVariableException(string message) : base(message)
    {
    }

    /// <summary>Says that something is wrong.</summary>
    public EnvironmentVariableException()
    {
    }

    /// <summary>Says what is wrong, and what showed it.</summary>
    public EnvironmentVariableException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>The variable's name.</summary>
    public string Variable { get; } = "";

    /// <summary>What it holds.</summary>
    public string Value { get; } = "";
}
