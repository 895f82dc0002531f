using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tuning;

/// <summary>The folder of a tuning, held by one process at a time. The system lets go of it when the process ends, however that ends.</summary>
public sealed class TuningFolder : IDisposable
{
    private const string LockName = "tuning.lock";

    private readonly FileStream _lock;

    private TuningFolder(string path, FileStream held)
    {
        Path = path;
        Store = new FolderRunStore(path);
        _lock = held;
    }

    public string Path { get; }

    public IRunStore Store { get; }

    public void Dispose() => _lock.Dispose();

    /// <summary>Makes the folder where it is missing, and keeps other processes out.</summary>
    /// <exception cref="InputException">It cannot be made, or another process is at work in it.</exception>
    public static TuningFolder Hold(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (StoreFault.Is(error))
        {
            throw new InputException($"{path}: the folder cannot be made: {error.Message} Give one that can be written to with --tune-dir", error);
        }

        try
        {
            string file = System.IO.Path.Combine(path, LockName);
            return new TuningFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (StoreFault.Is(error))
        {
            throw new InputException($"{path}: another process is tuning in this folder, or it cannot be written to: {error.Message}", error);
        }
    }

    /// <summary>The first of runs/tune-NAME-1, -2 … that is not there.</summary>
    public static string FirstFree(string recipeName)
    {
        for (int number = 1; ; number++)
        {
            string path = System.IO.Path.Combine("runs", $"tune-{recipeName}-{number}");
            if (!Directory.Exists(path))
            {
                return path;
            }
        }
    }
}
