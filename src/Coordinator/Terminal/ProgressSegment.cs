namespace Distributed.Coordinator.Terminal;

/// <summary>A piece of the progress display.</summary>
/// <param name="Text">Every character is one column wide.</param>
/// <param name="Tone">How it is colored.</param>
public readonly record struct ProgressSegment(string Text, Tone Tone);

/// <summary>The few colors of the display.</summary>
public enum Tone
{
    Label,
    Value,
    BarDone,
    BarLeft,
}
