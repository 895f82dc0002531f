namespace Distributed.Deploy;

/// <summary>A folder of a test's own, removed with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("distributed-deploy-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
