namespace Distributed.Coordinator.Commands;

/// <summary>What a person types to run this very program again.</summary>
public static class Invocation
{
    /// <summary>
    /// The bare name where the search path leads to this file, else its path, from the current folder where it lies below it. Before a program that dotnet
    /// hosts stands dotnet, as it was called itself.
    /// </summary>
    /// <param name="processPath">The file that runs; null where the system does not say.</param>
    /// <param name="programPath">The program's own assembly, which another program may host.</param>
    /// <param name="currentDirectory">Where the person stands.</param>
    /// <param name="searchPath">The PATH variable.</param>
    public static string Name(string? processPath, string programPath, string currentDirectory, string? searchPath)
    {
        if (processPath is null)
        {
            return CommandLine.ProgramName;
        }

        string caller = FromHere(processPath, currentDirectory, searchPath);
        return Path.GetFileNameWithoutExtension(processPath).Equals(CommandLine.ProgramName, StringComparison.OrdinalIgnoreCase)
            ? caller
            : $"{caller} {FromHere(programPath, currentDirectory, searchPath: null)}";
    }

    private static string FromHere(string file, string currentDirectory, string? searchPath)
    {
        if ((searchPath ?? "").Split(Path.PathSeparator).Contains(Path.GetDirectoryName(file)!))
        {
            return Path.GetFileName(file);
        }

        string relative = Path.GetRelativePath(currentDirectory, file);
        bool isBelow = !relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
        string path =
            !isBelow ? file
            : relative.Contains(Path.DirectorySeparatorChar) ? relative
            : $".{Path.DirectorySeparatorChar}{relative}";
        return ResumeCommand.Quoted(path);
    }
}
