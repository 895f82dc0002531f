namespace Distributed.Coordinator.Commands;

/// <summary>What the process returns to its caller.</summary>
public static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>The command line, a recipe or the data is wrong; standard error has one sentence about it.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by a signal; training has saved a checkpoint and printed the command that resumes.</summary>
    public const int Interrupted = 130;
}
