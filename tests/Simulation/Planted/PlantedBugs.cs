using Distributed.Coordinator.Membership;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Training;
using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Simulation.Planted;

/// <summary>Mistakes that a protocol like this one invites, each made on purpose, so that the simulator proves that it would notice.</summary>
public static class PlantedBugs
{
    public static IReadOnlyList<ProtocolUnderTest> All { get; } =
    [
        new ReducesByArrival(),
        new ForgetsIncarnations(),
        new CountsDuplicates(),
        new LosesWorkOfTheLost(),
        new CheckpointsWithoutSync(),
        new CheckpointsWithoutMoments(),
        new ComputesWithStaleWeights(),
        new IgnoresChecksums(),
        new TrustsTheFirstAnswer(),
    ];

    private sealed class ReducesByArrival : ProtocolUnderTest
    {
        public override string Name => "reduce by arrival";

        public override GradientReducer ReducerWith(GradientReducer.Adder add) => new ArrivalReducer(add);
    }

    private sealed class ForgetsIncarnations : ProtocolUnderTest
    {
        public override string Name => "forget the incarnation check";

        public override TrainingParts Parts() => new() { Roster = new LifelessRoster() };
    }

    private sealed class CountsDuplicates : ProtocolUnderTest
    {
        public override string Name => "count a duplicate";

        public override TrainingParts Parts() => new() { Ledger = new CredulousLedger() };
    }

    private sealed class LosesWorkOfTheLost : ProtocolUnderTest
    {
        public override string Name => "forget what a lost worker held";

        public override TrainingParts Parts() => new() { Ledger = new ForgetfulLedger() };
    }

    private sealed class CheckpointsWithoutSync : ProtocolUnderTest
    {
        public override string Name => "checkpoint without fsync";

        public override IRunStore StoreOver(IRunStore disk) => new UnsyncedStore(disk);
    }

    private sealed class CheckpointsWithoutMoments : ProtocolUnderTest
    {
        public override string Name => "checkpoint without the optimizer's moments";

        public override IEnumerable<(string Name, float[] Values)> Saved(IReadOnlyList<(string Name, float[] Values)> moments) =>
            moments.Select(moment => (moment.Name, new float[moment.Values.Length]));
    }

    private sealed class ComputesWithStaleWeights : ProtocolUnderTest
    {
        public override string Name => "accept stale weights";

        public override bool ComputesWithAnyWeights => true;
    }

    private sealed class IgnoresChecksums : ProtocolUnderTest
    {
        public override string Name => "ignore checksums";

        public override bool AcceptsCorruptTensors => true;
    }

    private sealed class TrustsTheFirstAnswer : ProtocolUnderTest
    {
        public override string Name => "count an audited microbatch before it is compared";

        public override double AuditFraction(double planned) => 0;
    }

    /// <summary>Adds partials in the order in which they arrive.</summary>
    private sealed class ArrivalReducer(GradientReducer.Adder add) : GradientReducer(add)
    {
        private readonly Adder _add = add;
        private Partial? _sum;
        private PartialStatistics _statistics;
        private int _count;
        private int _added;

        public override void Begin(int count)
        {
            base.Begin(count);
            _sum?.Return();
            (_sum, _statistics, _count, _added) = (null, default, count, 0);
        }

        public override GradientSum? Add(Partial partial)
        {
            _added += partial.Node.Count;
            _statistics = PartialStatistics.Combine(_statistics, partial.Statistics);
            if (_sum is null)
            {
                _sum = partial;
            }
            else
            {
                _add(_sum.Gradient, partial.Gradient, _sum.Gradient);
                partial.Return();
            }

            if (_added < _count)
            {
                return null;
            }

            Partial whole = _sum;
            whole.Address(whole.Worker, whole.Incarnation, whole.Step, new MicrobatchRange(0, _count));
            whole.Statistics = _statistics;
            _sum = null;
            return base.Add(whole);
        }
    }

    /// <summary>Knows a worker, and not which life of it speaks.</summary>
    private sealed class LifelessRoster : WorkerRoster
    {
        public override bool IsLive(WorkerId worker, Incarnation incarnation) => Live.Contains(worker);
    }

    private sealed class CredulousLedger : StepLedger
    {
        public override LedgerVerdict TryCount(StepNumber step, MicrobatchRange node) =>
            base.TryCount(step, node) is LedgerVerdict.Duplicate or LedgerVerdict.Counted ? LedgerVerdict.Counted : LedgerVerdict.OtherStep;
    }

    private sealed class ForgetfulLedger : StepLedger
    {
        public override void Release(WorkerId worker)
        {
        }
    }
}
