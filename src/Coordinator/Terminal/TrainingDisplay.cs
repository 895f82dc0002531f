namespace Distributed.Coordinator.Terminal;

/// <summary>Chooses how to show a training run.</summary>
public static class TrainingDisplay
{
    /// <summary>A live display on a terminal that moves its cursor; lines without escape codes everywhere else.</summary>
    public static ITrainingDisplay For(ConsoleStream error, TimeProvider time) =>
        error.HasEscapes ? new LiveDisplay(error, time) : new PlainDisplay(error.Writer, time);
}
