namespace Distributed.EndToEnd;

/// <summary>A folder of one test, removed with it.</summary>
public sealed class TestFolder : IDisposable
{
    private int _runs;

    /// <summary>Its path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("distributed-").FullName;

    /// <summary>A path for a run of its own.</summary>
    public string NewRun() => File($"run-{Interlocked.Increment(ref _runs)}");

    /// <summary>A path inside.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
