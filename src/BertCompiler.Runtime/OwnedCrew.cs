using BertCompiler.Kernels;

namespace BertCompiler;

/// <summary>
/// The threads of one model. They hold their crew, so a crew alone would outlive a model that is dropped without <c>Dispose</c>: this object,
/// which only the model holds, ends them when it is collected.
/// </summary>
internal sealed class OwnedCrew(int maxThreads) : IDisposable
{
    public Crew Crew { get; } = new(maxThreads);

    ~OwnedCrew() => Crew.Dispose();

    public void Dispose()
    {
        Crew.Dispose();
        GC.SuppressFinalize(this);
    }
}
