using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.TensorBoard;
using Distributed.Coordinator.Training;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Hosting;

/// <summary>A run's TensorBoard events: where they were asked for, and where a run that goes on has some already. Otherwise nothing is written.</summary>
internal sealed class RunTensorBoard : IDisposable
{
    private readonly PreparedRun _run;
    private readonly TensorBoardWriter? _writer;

    /// <param name="folder">New, or taken back to its checkpoint.</param>
    /// <param name="run">At its first step, or its first after the checkpoint.</param>
    /// <param name="facts">Whether events were asked for, and the clock.</param>
    /// <param name="report">Receives sentences about a disk that fails or works again.</param>
    internal RunTensorBoard(RunFolder folder, PreparedRun run, RunFacts facts, Action<string> report)
    {
        _run = run;
        if (folder.Manifest is null && facts.Options.TensorBoard)
        {
            _writer = TensorBoardWriter.Start(folder.Store, facts.Time, report);
            WriteWeights(0);
        }
        else if (folder.Manifest is not null && (facts.Options.TensorBoard || TensorBoardWriter.Exists(folder.Store)))
        {
            _writer = TensorBoardWriter.Resume(folder.Store, facts.Time, report, run.Start.Next.Value);
        }
    }

    /// <summary>Failures of the disk so far.</summary>
    internal int Failures => _writer?.Failures ?? 0;

    internal void Write(MetricsRecord record)
    {
        if (_writer is not null)
        {
            MetricSeries.Write(_writer, record);
        }
    }

    /// <summary>The weights' histograms. Call while nobody writes the weights.</summary>
    /// <param name="step">Steps done.</param>
    internal void WriteWeights(int step) => _writer?.WriteHistograms(step, "weights", _run.Description.Layout, _run.WeightsArray);

    /// <summary>At the last step of an epoch, the histograms of the minibatch's mean gradient.</summary>
    /// <param name="step">The step that is about to update the weights.</param>
    /// <param name="gradient">Summed over the minibatch. It is read before the call returns.</param>
    internal void WriteGradient(StepPosition step, GradientSum gradient)
    {
        if (_writer is null || !_run.Description.Schedule.EndsEpoch(step.Step))
        {
            return;
        }

        ReadOnlySpan<float> sum = gradient.Collapse();
        float[] mean = new float[sum.Length];
        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] = sum[i] / step.SampleCount;
        }

        _writer.WriteHistograms(step.Step.Next.Value, "gradients", _run.Description.Layout, mean);
    }

    public void Dispose() => _writer?.Dispose();
}
