namespace BertCompiler;

/// <summary>
/// A value that an environment variable decides, read at its first use and then kept. A value that means nothing is refused at every use,
/// each time with the same sentence: a static field's initialiser would wrap it in a <see cref="TypeInitializationException"/>.
/// </summary>
/// <param name="variable">The variable's name.</param>
/// <param name="make">Makes the value from what the variable holds, null where it is not set. Several threads may each make one; the first is kept.</param>
internal sealed class EnvironmentSetting<T>(string variable, Func<string?, T> make) where T : class
{
    private T? _value;

    /// <exception cref="EnvironmentVariableException">What the variable holds means nothing.</exception>
    public T Value
    {
        get
        {
            if (Volatile.Read(ref _value) is { } known) return known;
            T made = make(Environment.GetEnvironmentVariable(variable));
            return Interlocked.CompareExchange(ref _value, made, null) ?? made;
        }
    }

    /// <summary>The value if there has been a use; else null.</summary>
    public T? Known => Volatile.Read(ref _value);
}
