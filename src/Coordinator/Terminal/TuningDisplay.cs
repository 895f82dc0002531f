using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Terminal;

/// <summary>Chooses how to show a tuning.</summary>
public static class TuningDisplay
{
    /// <summary>A live table on a terminal that moves its cursor; lines without escape codes everywhere else.</summary>
    public static ITuningDisplay For(ConsoleStream error, TimeProvider time) =>
        error.HasEscapes ? new LiveTuningDisplay(error, time) : new PlainTuningDisplay(error.Writer);
}
