using System.Globalization;
using System.Text;

namespace Distributed.Coordinator.Tuning;

/// <summary>A tuning's result as a table, the best first. It depends on the results alone: the same bytes however the tuning was run.</summary>
public static class TuningTable
{
    /// <summary>The file's name in a tuning's folder.</summary>
    public const string FileName = "tuning.csv";

    /// <summary>CSV as RFC 4180 has it, with a line for the names. Numbers read back to the same bits.</summary>
    public static string Csv(IReadOnlyList<GridAxis> axes, IReadOnlyList<Standing> standings)
    {
        var text = new StringBuilder();
        Append(
            text, ["rank", "trial", .. axes.Select(axis => axis.Key), "epochs", "validation_accuracy", "validation_loss", "outcome", "weights_digest"]);
        foreach (Standing standing in standings)
        {
            TrialResult result = standing.Result;
            Append(
                text,
                [
                    Text(standing.Rank),
                    Text(standing.Trial.Number),
                    .. standing.Trial.Values.Select(value => value ?? ""),
                    Text(result.Epochs),
                    result.Failure is null ? Text(result.ValidationAccuracy) : "",
                    result.Failure is null ? Text(result.ValidationLoss) : "",
                    standing.Reason,
                    result.WeightsDigest,
                ]);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string[] fields) => text.AppendJoin(',', fields.Select(Quoted)).Append('\n');

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
