using System.Diagnostics;
using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Training;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Bench.Wire;

/// <summary>Notes when steps are done and workers are lost, for whoever waits for one of them.</summary>
internal sealed class KillRecorder : IRunRecorder
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private int _joins;
    private int _stepsDone;
    private int _awaitedStep = int.MaxValue;
    private TaskCompletionSource<long> _step = new();
    private TaskCompletionSource<long> _lost = new();

    public void StepDone(in StepRecord step)
    {
        lock (_lock)
        {
            _stepsDone = step.Position.Step.Value + 1;
            if (_stepsDone >= _awaitedStep)
            {
                _awaitedStep = int.MaxValue;
                _step.SetResult(Stopwatch.GetTimestamp());
            }
        }
    }

    public void Report(RunEvent happened, int stepsDone)
    {
        if (happened.Kind == "worker_lost")
        {
            lock (_lock)
                _lost.TrySetResult(Stopwatch.GetTimestamp());
        }
    }

    public void Joined(Join join) => Interlocked.Increment(ref _joins);

    /// <summary>Waits until that many lives have begun.</summary>
    public async Task JoinsAsync(int joins)
    {
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _joins) < joins)
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"{joins} lives of workers were expected, {_joins} began");
            await Task.Delay(10);
        }
    }

    /// <summary>
    /// A worker was just killed. Tells when its loss was noticed, and when a step was done that it cannot have worked for: it may have answered for the
    /// open one, never for the one after.
    /// </summary>
    public async Task<(long Lost, long Step)> AfterKillAsync()
    {
        lock (_lock)
        {
            _step = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaitedStep = _stepsDone + 2;
        }
        long step = await _step.Task.WaitAsync(Patience);
        long lost = await _lost.Task.WaitAsync(Patience);
        lock (_lock)
            _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return (lost, step);
    }

    public void GradientComplete(StepPosition step, GradientSum gradient)
    {
    }

    public void EpochDone(EpochSummary epoch, EpochEvaluation evaluation, TimeSpan trainingTime)
    {
    }

    public void Checkpoint(TrainingPosition position)
    {
    }
}
