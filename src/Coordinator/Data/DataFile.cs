using Distributed.Coordinator.Recipes;
using Distributed.Protocol;

namespace Distributed.Coordinator.Data;

/// <summary>Opens data files; what the system refuses becomes one sentence.</summary>
public static class DataFile
{
    /// <summary>Opens <paramref name="path"/> for one pass from start to end.</summary>
    public static FileStream OpenRead(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            return file.CanSeek ? file : throw new NotSupportedException("it is a pipe or a device, not a file");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: cannot be opened ({error.Message.TrimEnd('.')}).", error);
        }
    }

    /// <summary>There is nothing at <paramref name="path"/>: names what lies near it.</summary>
    public static InputException Missing(string path)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? full;
        if (!Directory.Exists(folder))
        {
            return new InputException($"{path}: no such file or folder; the folder {folder} does not exist either.");
        }

        string hint = Nearest.To(Path.GetFileName(full), NamesIn(folder)) is string near ? $"did you mean {near}?" : "check the spelling.";
        return new InputException($"{path}: no such file or folder in {folder}; {hint}");
    }

    /// <summary>Names of the files and folders in <paramref name="folder"/>, in order; none where it cannot be read.</summary>
    public static IReadOnlyList<string> NamesIn(string folder)
    {
        try
        {
            string[] names = [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)!)];
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
