using System.Diagnostics;
using Distributed.Bench.Compare;
using Distributed.Coordinator.Membership;
using Distributed.Coordinator.Training;
using Distributed.Numerics;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Ranges;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Plan;
using Distributed.Worker;

namespace Distributed.Bench.InProcess;

/// <summary>
/// The training run without its mailboxes: the workers compute one after the other on the caller's thread, then the run collects their
/// partials. What the coordinator does between two steps is therefore timed alone, stage by stage.
/// </summary>
internal sealed class StepLoop : ITrainingEffects
{
    private readonly RunDescription _description;
    private readonly WeightsBuffer _weights;
    private readonly TrainingRun _run;
    private readonly PartialPool _pool;
    private readonly GradientComputation[] _workers;
    private readonly Queue<(WorkerId Worker, Assignment Assignment)> _assigned = new();
    private readonly List<Partial> _computed = [];
    private bool _ended;
    private long _collectStarted;
    private long _published;

    /// <param name="setup">What is trained.</param>
    /// <param name="workers">Workers that share each step.</param>
    /// <param name="updateThreads">Threads that add and update.</param>
    public StepLoop(TrainingSetup setup, int workers, int updateThreads = 1)
    {
        Check.That(workers >= 1);
        // More epochs than anybody will wait for.
        Recipe endless = setup.Description.Recipe with { Epochs = 1_000_000 / setup.Description.Schedule.StepsPerEpoch };
        _description = new RunDescription(endless, setup.Description.Scale, setup.Description.Shape, setup.Description.TrainingSamples);
        _weights = new WeightsBuffer(setup.InitialWeights());
        _pool = new PartialPool(_description.Layout.Count);
        _workers = [.. Enumerable.Range(0, workers).Select(_ => new GradientComputation(_description, setup.Samples, InstructionSets.Best))];
        var settings = new TrainingSettings { CheckpointEverySteps = int.MaxValue };
        _run = new TrainingRun(_description, _weights, setup.NewOptimizer(), Add, this, settings, crew: new RangeCrew(updateThreads));
        for (int i = 0; i < workers; i++)
        {
            _run.Join(new WorkerId(i + 1), new LiveWorker(new Incarnation(1), $"loop {i + 1}", LastHeartbeat: null));
        }

        _run.Start();
    }

    /// <summary>The stages of the last step's serial part, in seconds.</summary>
    public SerialPart Serial { get; private set; }

    /// <summary>The median over steps of one worker, mailboxes and records left out.</summary>
    public static double ProcessorSecondsPerStep(TrainingSetup setup)
    {
        const int samples = 25;
        var loop = new StepLoop(setup, workers: 1);
        int steps = Math.Max(1, setup.Description.Schedule.StepsPerEpoch / 10);
        double[] seconds = new double[samples];
        for (int i = -samples; i < samples; i++)
        {
            double start = ThreadClock.Seconds();
            for (int step = 0; step < steps; step++)
            {
                loop.Step();
            }

            seconds[Math.Max(i, 0)] = (ThreadClock.Seconds() - start) / steps;
        }

        return Figures.Median(seconds);
    }

    /// <summary>One optimizer update, from the gradient to the next step's assignments.</summary>
    public void Step()
    {
        Check.That(!_ended);
        while (_assigned.TryDequeue(out (WorkerId Worker, Assignment Assignment) next))
        {
            Compute(next.Worker, next.Assignment);
        }

        _collectStarted = Stopwatch.GetTimestamp();
        foreach (Partial partial in _computed)
        {
            _run.Collect(partial);
        }

        long end = Stopwatch.GetTimestamp();
        _computed.Clear();
        Serial = new SerialPart(Seconds(_published - _collectStarted), Seconds(end - _published));
    }

    void ITrainingEffects.Assign(WorkerId worker, Assignment assignment) => _assigned.Enqueue((worker, assignment));

    void ITrainingEffects.Publish(WeightsVersion version) => _published = Stopwatch.GetTimestamp();

    void ITrainingEffects.GradientComplete(StepPosition step, GradientSum gradient)
    {
    }

    void ITrainingEffects.StepDone(in StepRecord step)
    {
    }

    void ITrainingEffects.Evaluate(EpochSummary epoch) => _run.EvaluationDone();

    void ITrainingEffects.Checkpoint(TrainingPosition position)
    {
    }

    void ITrainingEffects.Arbitrate(StepNumber step, MicrobatchRange node)
    {
    }

    void ITrainingEffects.Dismiss(WorkerId worker, string reason)
    {
    }

    void ITrainingEffects.Report(RunEvent happened)
    {
    }

    void ITrainingEffects.End(RunEnd end, string reason) => _ended = true;

    private static double Seconds(long ticks) => ticks / (double)Stopwatch.Frequency;

    private void Compute(WorkerId worker, Assignment assignment)
    {
        GradientComputation computation = _workers[worker.Value - 1];
        int microbatches = computation.MicrobatchCount(assignment.Step);
        MicrobatchRange rest = assignment.Microbatches;
        while (rest.Count > 0)
        {
            MicrobatchRange node = ReductionTree.LargestNode(rest, microbatches);
            Partial partial = _pool.Rent();
            partial.Address(worker, new Incarnation(1), assignment.Step, node);
            computation.Compute(partial, _weights.Values);
            _computed.Add(partial);
            rest = new MicrobatchRange(node.End, rest.Count - node.Count);
        }
    }

    private static void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> sum) =>
        VectorOperations.Sum(InstructionSets.Best, left, right, sum);
}

/// <summary>What the coordinator does while the workers wait, in seconds.</summary>
/// <param name="Update">Counting partials, their sum, the average and the optimizer, in one pass.</param>
/// <param name="Rest">Broadcast, records and the next step's assignments.</param>
internal readonly record struct SerialPart(double Update, double Rest)
{
    public double Total => Update + Rest;
}
