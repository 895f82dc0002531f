using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>
/// Lays out where a run stands: one line where it fits with a useful bar, else two; no line ever reaches the last column, so none
/// wraps.
/// </summary>
public static class ProgressLayout
{
    private const int BarMin = 12;
    private const int BarMax = 50;

    /// <param name="progress">Where the run stands.</param>
    /// <param name="secondsLeft">Of the whole run; null while unknown.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IReadOnlyList<IReadOnlyList<ProgressSegment>> Lines(StepProgress progress, double? secondsLeft, int width)
    {
        int columns = Math.Max(1, width - 1);
        string epoch = $"epoch {progress.Epoch}/{progress.Epochs} ";
        string steps = $" {progress.Step}/{progress.StepsPerEpoch}";
        foreach (bool full in (bool[])[true, false])
        {
            ProgressSegment[] figures = Figures(progress, secondsLeft, full, "  ");
            int bar = columns - epoch.Length - steps.Length - figures.Sum(segment => segment.Text.Length);
            if (bar >= BarMin)
            {
                return
                [
                    [new(epoch, Tone.Value), .. Bar(progress, bar), new(steps, Tone.Value), .. figures],
                ];
            }
        }

        int wide = Math.Max(0, columns - epoch.Length - steps.Length);
        ProgressSegment[] second = Figures(progress, secondsLeft, full: false, " ");
        second[0] = second[0] with { Text = second[0].Text.TrimStart() };
        return [Cut([new(epoch, Tone.Value), .. Bar(progress, wide), new(steps, Tone.Value)], columns), Cut(second, columns)];
    }

    private static ProgressSegment[] Figures(StepProgress progress, double? secondsLeft, bool full, string gap)
    {
        string rate = Terminal.Figures.Count(progress.SamplesPerSecond);
        return
        [
            new($"{gap}loss ", Tone.Label),
            new(Terminal.Figures.Loss(progress.Loss), Tone.Value),
            new(full ? $"{gap}accuracy " : $"{gap}acc ", Tone.Label),
            new(Terminal.Figures.Accuracy(progress.Accuracy), Tone.Value),
            new($"{gap}{rate}", Tone.Value),
            new(full ? " samples/s" : "/s", Tone.Label),
            new(secondsLeft is { } left ? $"{gap}{Terminal.Figures.Clock(left)}" : $"{gap}-:--", Tone.Value),
            new(" left", Tone.Label),
        ];
    }

    private static ProgressSegment[] Bar(StepProgress progress, int columns)
    {
        columns = Math.Min(columns, BarMax);
        double share = progress.StepsPerEpoch == 0 ? 1 : Math.Clamp((double)progress.Step / progress.StepsPerEpoch, 0, 1);
        int done = (int)(share * columns);
        return [new(new string('━', done), Tone.BarDone), new(new string('─', columns - done), Tone.BarLeft)];
    }

    /// <summary>As many whole segments as fit, then the beginning of the next.</summary>
    private static List<ProgressSegment> Cut(IEnumerable<ProgressSegment> segments, int columns)
    {
        var kept = new List<ProgressSegment>();
        foreach (ProgressSegment segment in segments)
        {
            string text = segment.Text[..Math.Min(segment.Text.Length, columns)];
            columns -= text.Length;
            kept.Add(segment with { Text = text });
        }

        return kept;
    }
}
