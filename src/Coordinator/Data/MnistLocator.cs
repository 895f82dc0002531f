using Distributed.Protocol;

namespace Distributed.Coordinator.Data;

/// <summary>
/// Finds the MNIST files that come with the program, wherever it is started from: beside it, or in a folder above it or above the working
/// folder.
/// </summary>
/// <param name="programFolder">Where the program's own files are.</param>
/// <param name="workingFolder">Where it was started.</param>
public sealed class MnistLocator(string programFolder, string workingFolder)
{
    /// <summary>The folder's path below the repository's root or the program.</summary>
    private static readonly string RelativePath = Path.Combine("data", "mnist");

    /// <summary>The folder with the four files.</summary>
    /// <exception cref="InputException">It is nowhere; the message lists the places.</exception>
    public IdxFolder Find()
    {
        string? found = Candidates().FirstOrDefault(folder => new IdxFolder(folder).HoldsTraining);
        return found is not null
            ? new IdxFolder(found)
            : throw new InputException(
                $"The MNIST files were not found: {RelativePath} is neither in {programFolder} nor in {workingFolder} nor in any folder " +
                "above them; " +
                "start the program inside its repository, or give the folder that holds the four IDX files: --data DIR.");
    }

    private IEnumerable<string> Candidates() =>
        Upwards(programFolder).Concat(Upwards(workingFolder)).Select(folder => Path.Combine(folder, RelativePath));

    private static IEnumerable<string> Upwards(string start)
    {
        for (DirectoryInfo? folder = new(Path.GetFullPath(start)); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
