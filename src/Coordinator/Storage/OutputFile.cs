using Distributed.Protocol;

namespace Distributed.Coordinator.Storage;

/// <summary>The file that a person named with --output.</summary>
public static class OutputFile
{
    /// <summary>Lets <paramref name="write"/> replace it, given its folder and its name there.</summary>
    /// <exception cref="InputException">It cannot be written there.</exception>
    public static void Replace(string output, Action<IRunStore, string> write)
    {
        string path = Path.GetFullPath(output);
        try
        {
            write(new FolderRunStore(Path.GetDirectoryName(path) ?? path), Path.GetFileName(path));
        }
        catch (Exception fault) when (StoreFault.Is(fault))
        {
            throw new InputException(
                $"--output {output}: the file cannot be written: {fault.Message} Give a path that can be written to.", fault);
        }
    }
}
