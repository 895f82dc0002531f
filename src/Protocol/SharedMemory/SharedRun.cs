using System.Runtime.Versioning;

namespace Distributed.Protocol.SharedMemory;

/// <summary>
/// What all workers of one machine share with the coordinator: the weights, written once for all of them, and the bell that they ring when a partial is ready.
/// <code>
/// offset 0    int32    weights version, or -1 while they are written
///        64   int32    rings of the coordinator's bell
///       128   int32    sleepers at it
///      4096   float32  weights, in layout order
/// </code>
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class SharedRun : IDisposable
{
    private const int RingsOffset = 64;
    private const int SleepersOffset = 128;
    private const int WeightsOffset = 4096;

    private readonly SharedFile _file;

    private SharedRun(SharedFile file, int parameters)
    {
        _file = file;
        Weights = new WeightsBuffer(file.Slice<float>(WeightsOffset, parameters), file.Slice<int>(0, 1));
        Bell = MakeBell(file);
    }

    /// <summary>Where the file is.</summary>
    public string Path => _file.Path;

    /// <summary>Written by the coordinator alone.</summary>
    public WeightsBuffer Weights { get; }

    /// <summary>Rung by workers.</summary>
    public Doorbell Bell { get; }

    /// <summary>Makes the file; the weights are no version yet.</summary>
    public static SharedRun Create(string path, int parameters, ulong key)
    {
        var run = new SharedRun(SharedFile.Create(path, Bytes(parameters), key), parameters);
        run.Weights.BeginWrite();
        return run;
    }

    /// <summary>Maps a file that the coordinator made.</summary>
    /// <exception cref="IOException">It cannot be.</exception>
    public static SharedRun Open(string path, int parameters, ulong key) => new(SharedFile.Open(path, Bytes(parameters), key), parameters);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static long Bytes(int parameters) => WeightsOffset + ((long)parameters * sizeof(float));

    private static unsafe Doorbell MakeBell(SharedFile file) =>
        new((int*)file.At(RingsOffset, sizeof(int)), (int*)file.At(SleepersOffset, sizeof(int)));
}
