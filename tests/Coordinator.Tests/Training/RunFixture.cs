using Distributed.Coordinator.Membership;
using Distributed.Coordinator.Training;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Tests.Training;

/// <summary>
/// A run of 2 epochs of 3 steps with a made-up gradient: a pure function of (weights, step, microbatch), so that any wrong, lost or
/// doubled microbatch shows.
/// </summary>
internal sealed class RunFixture : ITrainingEffects
{
    internal const int Samples = 50;
    internal const int TotalSteps = 6;

    private static readonly RunDescription Description = new(
        new Recipe { Name = "fixture", Hidden = [], BatchSize = 20, Epochs = 2, LearningRate = 0.1f, Optimizer = OptimizerKind.Momentum },
        FeatureScale.Identity,
        new NetworkShape(3, [], 2, Activation.Relu, 0),
        Enumerable.Range(0, Samples).ToArray());

    private readonly PartialPool _pool = new(Description.Layout.Count);
    private readonly List<(WorkerId Worker, Assignment Assignment)> _assignments = [];
    private readonly WeightsBuffer _weights;
    private readonly Optimizer _optimizer;
    private readonly int _checkpointEverySteps;
    private bool _evaluationIsDue;

    internal RunFixture(int checkpointEverySteps = 0, double auditFraction = 0, StepNumber? pauseAfter = null)
        : this(InitialWeights(), CreateOptimizer(), TrainingPosition.Start, checkpointEverySteps, auditFraction, pauseAfter)
    {
    }

    private RunFixture(
        float[] weights,
        Optimizer optimizer,
        TrainingPosition position,
        int checkpointEverySteps,
        double auditFraction = 0,
        StepNumber? pauseAfter = null)
    {
        _weights = new WeightsBuffer(weights);
        _optimizer = optimizer;
        _checkpointEverySteps = checkpointEverySteps;
        var settings = new TrainingSettings
        {
            Start = position,
            CheckpointEverySteps = checkpointEverySteps,
            AuditFraction = auditFraction,
            PauseAfter = pauseAfter,
        };
        Run = new TrainingRun(Description, _weights, optimizer, Add, this, settings);
    }

    internal TrainingRun Run { get; }

    internal float[] Weights => _weights.Values.ToArray();

    internal RunEnd? Ended { get; private set; }

    internal string EndReason { get; private set; } = "";

    internal List<int> Checkpoints { get; } = [];

    internal List<RunEvent> Events { get; } = [];

    internal List<(StepNumber Step, MicrobatchRange Node)> Arbitrations { get; } = [];

    internal List<WorkerId> Dismissed { get; } = [];

    /// <summary>Microbatches in the open step.</summary>
    internal int Microbatches => Description.Schedule.At(Run.Position.Next).Microbatches.Count;

    internal List<EpochSummary> Epochs { get; } = [];

    public void Arbitrate(StepNumber step, MicrobatchRange node) => Arbitrations.Add((step, node));

    public void Dismiss(WorkerId worker, string reason) => Dismissed.Add(worker);

    public void Assign(WorkerId worker, Assignment assignment) => _assignments.Add((worker, assignment));

    public void Publish(WeightsVersion version) => Assert.True(_weights.Holds(version));

    public void GradientComplete(StepPosition step, GradientSum gradient) => Assert.Equal(Description.Layout.Count, gradient.Length);

    public void StepDone(in StepRecord step) => Assert.Equal(step.Position.SampleCount, step.Statistics.Samples);

    public void Evaluate(EpochSummary epoch)
    {
        Epochs.Add(epoch);
        _evaluationIsDue = true;
    }

    public void Checkpoint(TrainingPosition position) => Checkpoints.Add(position.Next.Value);

    public void Report(RunEvent happened) => Events.Add(happened);

    public void End(RunEnd end, string reason)
    {
        Assert.Null(Ended);
        Ended = end;
        EndReason = reason;
    }

    internal void JoinAll(int workers)
    {
        for (int i = 1; i <= workers; i++)
        {
            Join(i, 1);
        }
    }

    internal void Join(int worker, int incarnation, TimeSpan? heartbeat = null) =>
        Run.Join(new WorkerId(worker), new LiveWorker(new Incarnation(incarnation), $"fixture-{worker}", heartbeat));

    /// <summary>(worker, first microbatch, count) of what was assigned since the last call.</summary>
    internal (int, int, int)[] TakeAssignments(bool keep = false)
    {
        var taken = _assignments.Select(a => (a.Worker.Value, a.Assignment.Microbatches.First, a.Assignment.Microbatches.Count)).ToArray();
        if (!keep)
        {
            _assignments.Clear();
        }

        return taken;
    }

    internal void AnswerAll(System.Random? order = null, WorkerId? liar = null) => AnswerWhile(() => true, order, liar);

    internal void AnswerUntil(int step) => AnswerWhile(() => Run.Position.Next.Value < step, null, null);

    internal void Deliver(WorkerId worker, Incarnation incarnation, StepNumber step, MicrobatchRange node, int notFiniteAt = -1, bool wrong = false)
    {
        Partial partial = Answer(worker, incarnation, step, node);
        if (notFiniteAt >= 0)
        {
            partial.Gradient[notFiniteAt] = float.NaN;
        }

        if (wrong)
        {
            partial.Gradient[0] += 1 + worker.Value;
        }

        Run.Collect(partial);
        AnswerEvaluation();
    }

    /// <summary>The coordinator's own computation of an audited microbatch of the open step.</summary>
    internal void Arbitrate(MicrobatchRange node)
    {
        Run.Arbitrated(Answer(new WorkerId(0), new Incarnation(0), Run.Position.Next, node));
        AnswerEvaluation();
    }

    private Partial Answer(WorkerId worker, Incarnation incarnation, StepNumber step, MicrobatchRange node)
    {
        Partial partial = _pool.Rent();
        partial.Address(worker, incarnation, step, node);
        partial.Statistics = MadeUpNode(_weights.Values, step.Value, node, partial.Gradient);
        return partial;
    }

    private void AnswerEvaluation()
    {
        if (_evaluationIsDue)
        {
            _evaluationIsDue = false;
            Run.EvaluationDone();
        }
    }

    /// <summary>A fixture whose run goes on from a copy of this one's state, as from a checkpoint.</summary>
    internal RunFixture Resume()
    {
        Optimizer optimizer = CreateOptimizer();
        for (int i = 0; i < optimizer.Moments.Count; i++)
        {
            _optimizer.Moments[i].Values.CopyTo(optimizer.Moments[i].Values, 0);
        }

        return new RunFixture(Weights, optimizer, Run.Position, _checkpointEverySteps);
    }

    /// <summary>The weights after one worker did everything, by the plain recursion.</summary>
    internal static float[] Sequential()
    {
        float[] weights = InitialWeights();
        Optimizer optimizer = CreateOptimizer();
        for (int step = 0; step < TotalSteps; step++)
        {
            MicrobatchPlan plan = Description.Schedule.At(new StepNumber(step)).Microbatches;
            float[] gradient = new float[weights.Length];
            PartialStatistics sum = MadeUpNode(weights, step, new MicrobatchRange(0, plan.Count), gradient);
            optimizer.Update(weights, gradient, sum.Samples, Description.Recipe.LearningRate);
        }

        return weights;
    }

    internal static void AssertSameBits(float[] expected, float[] actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));

    private void AnswerWhile(Func<bool> wanted, System.Random? order, WorkerId? liar)
    {
        while (_assignments.Count > 0 && wanted())
        {
            int index = order?.Next(_assignments.Count) ?? 0;
            (WorkerId worker, Assignment assignment) = _assignments[index];
            _assignments.RemoveAt(index);
            int microbatches = Description.Schedule.At(assignment.Step).Microbatches.Count;
            for (MicrobatchRange rest = assignment.Microbatches; rest.Count > 0;)
            {
                MicrobatchRange node = ReductionTree.LargestNode(rest, microbatches);
                Deliver(worker, LifeOf(worker), assignment.Step, node, wrong: worker == liar);
                rest = new MicrobatchRange(node.End, rest.Count - node.Count);
            }
        }
    }

    /// <summary>Tests join a worker's first life, then its second.</summary>
    private Incarnation LifeOf(WorkerId worker) => new(Events.Count(e => e.Kind == "worker_joined" && e.Worker == worker));

    private static PartialStatistics MadeUpNode(ReadOnlySpan<float> weights, int step, MicrobatchRange node, Span<float> gradient)
    {
        MicrobatchPlan plan = Description.Schedule.At(new StepNumber(step)).Microbatches;
        int width = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)node.Count);
        return Tree(weights, step, plan, node.First, width, gradient);
    }

    private static PartialStatistics Tree(
        ReadOnlySpan<float> weights, int step, MicrobatchPlan plan, int first, int width, Span<float> gradient)
    {
        if (width == 1)
        {
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] = (weights[i] * (first + 1.3f)) + (0.37f * ((step + 1) % 5)) - (0.11f * i);
            }

            int samples = plan.SampleCount(new MicrobatchRange(first, 1));
            return new PartialStatistics(0.1 * first, first % 2, samples);
        }

        PartialStatistics left = Tree(weights, step, plan, first, width / 2, gradient);
        int right = first + (width / 2);
        if (right >= plan.Count)
        {
            return left;
        }

        float[] other = new float[gradient.Length];
        PartialStatistics sum = PartialStatistics.Combine(left, Tree(weights, step, plan, right, width / 2, other));
        Add(gradient, other, gradient);
        return sum;
    }

    private static float[] InitialWeights() => Enumerable.Range(0, Description.Layout.Count).Select(i => 0.25f - (0.07f * i)).ToArray();

    private static Optimizer CreateOptimizer() =>
        Optimizer.Create(Description.Recipe.OptimizerSettings, Description.Layout, InstructionSet.Scalar);

    private static void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> sum)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = left[i] + right[i];
        }
    }
}
