namespace Distributed.Coordinator.Commands;

/// <summary>What a person types to run this very program again.</summary>
public static class Invocation
{
    /// <summary>
    /// The bare name where the search path leads to this file, else its path, from the current folder where it lies below it. A program
    /// that another one hosts (dotnet coordinator.dll) is called by its bare name.
    /// </summary>
    public static string Name(string? processPath, string currentDirectory, string? searchPath)
    {
        if (
            processPath is null
            || !Path.GetFileNameWithoutExtension(processPath).Equals(CommandLine.ProgramName, StringComparison.OrdinalIgnoreCase)
        )
        {
            return CommandLine.ProgramName;
        }

        string folder = Path.GetDirectoryName(processPath)!;
        if ((searchPath ?? "").Split(Path.PathSeparator).Contains(folder))
        {
            return CommandLine.ProgramName;
        }

        string relative = Path.GetRelativePath(currentDirectory, processPath);
        bool isBelow = !relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
        string path =
            !isBelow ? processPath
            : relative.Contains(Path.DirectorySeparatorChar) ? relative
            : $".{Path.DirectorySeparatorChar}{relative}";
        return ResumeCommand.Quoted(path);
    }
}
