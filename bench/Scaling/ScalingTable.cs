using System.Text;
using Distributed.Bench.Compare;

namespace Distributed.Bench.Scaling;

/// <summary>The curves as Markdown.</summary>
internal static class ScalingTable
{
    public static string Markdown(string machine, DateTime taken, string peer, IReadOnlyList<ScalingCurve> curves)
    {
        var text = new StringBuilder();
        text.Append($"Measured on {taken:d MMMM yyyy} on {machine}. Peer: {(peer.Length > 0 ? peer : "none")}.\n");
        foreach (ScalingCurve curve in curves)
        {
            text.Append($"\n{curve.Case.Title}; seconds of an epoch of {curve.Case.Work.Samples:N0} samples");
            text.Append(curve.Noise.Length > 0 ? $" ({curve.Noise})" : "").Append(":\n\n");
            text.Append("| workers, cores | one process | speedup | worker processes | speedup | DistributedDataParallel | speedup | ours against it |\n");
            text.Append("|---|---|---|---|---|---|---|---|\n");
            foreach (ScalingPoint point in curve.Points)
            {
                AppendRow(text, point, curve.Points[0]);
            }
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, ScalingPoint point, ScalingPoint one)
    {
        string[] cells =
        [
            $"{point.Workers}",
            Time(point.OneProcess), Times(one.OneProcess / point.OneProcess),
            Time(point.Processes), Times(one.OneProcess / point.Processes),
            Time(point.Peer), Times(one.Peer / point.Peer), Times(point.Peer / point.Processes),
        ];
        text.Append($"| {string.Join(" | ", cells)} |\n");
    }

    private static string Time(double seconds) => double.IsNaN(seconds) ? "" : Figures.Seconds(seconds);

    private static string Times(double ratio) => double.IsNaN(ratio) ? "" : $"{ratio:f2}×";
}
