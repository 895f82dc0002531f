using Distributed.Bench.InProcess;

namespace Distributed.Bench.Compare;

/// <summary>Bytes allocated per step by the whole program (actors, recorder and progress included), looked at in the middle of epochs.</summary>
internal sealed record AllocationRow(string Key, double LimitBytes) : Row(Key)
{
    /// <summary>So small that an epoch lasts long enough to be looked at twice.</summary>
    private const int BatchSize = 8;

    public override IEnumerable<RowResult> Measure(Setting setting)
    {
        foreach (int workers in new[] { 1, 2 })
        {
            RunWatch watch = RunWatch.Train(TrainingSetup.Recipe("scratch-mlp") with { Epochs = setting.IsQuick ? 3 : 6, BatchSize = BatchSize }, workers);
            yield return RowResult.Limit(
                Key, $"allocation per step, {workers} worker{(workers > 1 ? "s" : "")} in one process", watch.BytesPerStep, LimitBytes, "bytes",
                $"over {watch.Steps:N0} steps", "f0");
        }
    }
}
