using Distributed.Coordinator.Membership;
using Distributed.Numerics;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Training;

/// <summary>
/// Sees to it that every microbatch of the open step is computed by somebody and counted once, whoever joins, leaves, is slow or answers twice.
/// </summary>
internal sealed class StepDispatch(ITrainingEffects effects, TimeSpan heartbeatLimit, TrainingParts parts)
{
    private readonly WorkerRoster _roster = parts.Roster;
    private readonly StepLedger _ledger = parts.Ledger;
    private readonly StepWatch _watch = new();
    private readonly DuplicateCheck _duplicates = new();
    private readonly List<Shard> _shards = [];
    private readonly List<MicrobatchRange> _ranges = [];
    private readonly List<WorkerId> _idle = [];
    private StepPosition _step;
    private TimeSpan _nextWaitReport;

    /// <summary>The live workers.</summary>
    internal IReadOnlyList<WorkerId> Workers => _roster.Live;

    /// <summary>True when no step is open, or every microbatch of it was counted.</summary>
    internal bool IsComplete => _ledger.IsComplete;

    /// <summary>Opens <paramref name="step"/> and deals its microbatches to the live workers.</summary>
    internal void Open(StepPosition step)
    {
        _step = step;
        _ledger.Open(step.Step, step.Microbatches.Count);
        _duplicates.Clear();
        if (_roster.Live.Count > 0)
        {
            Assign(new MicrobatchRange(0, step.Microbatches.Count));
        }
    }

    /// <summary>A worker is there. It is used from the next step on, or at once when nobody holds what is missing.</summary>
    internal void Join(WorkerId worker, LiveWorker details)
    {
        if (_roster.TryJoin(worker, details))
        {
            effects.Report(new RunEvent("worker_joined", $"{worker} ({details.Name}) joined", worker));
            Redeal(worker);
        }
    }

    /// <summary>A worker is gone. What it held and did not deliver goes to the others at once.</summary>
    internal void Lose(WorkerId worker, Incarnation incarnation, string reason)
    {
        if (_roster.TryLeave(worker, incarnation))
        {
            effects.Report(new RunEvent("worker_lost", $"{worker} lost at step {_step.Step.Value}: {reason}", worker));
            Redeal(worker);
        }
    }

    /// <summary>A worker was heard of.</summary>
    internal void Heartbeat(WorkerId worker, Incarnation incarnation, TimeSpan now) => _roster.Heartbeat(worker, incarnation, now);

    /// <summary>Gives up silent workers, hands what slow ones hold to idle ones as well, and says who is waited for.</summary>
    internal void Tick(TimeSpan now)
    {
        while (_roster.FirstSilent(now, heartbeatLimit) is { } silent)
        {
            double seconds = (now - _roster[silent].LastHeartbeat!.Value).TotalSeconds;
            Lose(silent, _roster[silent].Incarnation, $"no heartbeat for {seconds:F1} s, {heartbeatLimit.TotalSeconds:F1} s are allowed");
        }

        if (!_ledger.IsComplete)
        {
            _watch.Tick(now, _step.Step);
            Speculate();
            ReportWaits(now);
        }
    }

    /// <summary>Counts <paramref name="partial"/>. False when it does not count: from another life, for another step, or there already.</summary>
    internal bool TryCount(Partial partial)
    {
        if (!_roster.IsLive(partial.Worker, partial.Incarnation))
        {
            return false;
        }

        LedgerVerdict verdict = _ledger.TryCount(partial.Step, partial.Node);
        if (verdict == LedgerVerdict.Duplicate)
        {
            CheckBits(partial);
        }
        else if (verdict == LedgerVerdict.Counted && _ledger.HasSecond(partial.Node))
        {
            _duplicates.Remember(partial);
        }

        return verdict == LedgerVerdict.Counted;
    }

    private void CheckBits(Partial partial)
    {
        if (_duplicates.Differs(partial) is { } other)
        {
            effects.Report(new RunEvent(
                "bits_differ",
                $"step {_step.Step.Value}: {partial.Worker} and {other} computed different bits for microbatches {partial.Node}; one of them computes wrongly",
                partial.Worker));
        }
    }

    private void Assign(MicrobatchRange range)
    {
        ShardPlanner.Deal(range, _roster.Live, _shards);
        foreach (Shard shard in _shards)
        {
            _ledger.Assign(shard);
            Send(shard);
        }
    }

    private void Send(Shard shard) =>
        effects.Assign(shard.Worker, new Assignment(_step.Step, new WeightsVersion(_step.Step.Value), shard.Microbatches));

    /// <summary>After <paramref name="changed"/> joined or left: what it held in an earlier life, and what nobody holds, goes to the live.</summary>
    private void Redeal(WorkerId changed)
    {
        if (_ledger.IsComplete)
        {
            return;
        }

        _ledger.Release(changed);
        _ledger.Unassigned(_ranges);
        if (_roster.Live.Count == 0)
        {
            effects.Report(new RunEvent("no_worker", $"step {_step.Step.Value}: waiting for a worker to join; none is left"));
            return;
        }

        foreach (MicrobatchRange range in _ranges)
        {
            Assign(range);
        }
    }

    private void Speculate()
    {
        _idle.Clear();
        foreach (WorkerId worker in _roster.Live)
        {
            if (!_ledger.IsWaitingFor(worker))
            {
                _idle.Add(worker);
            }
        }

        SpeculationDecision decision = SpeculationPolicy.Decide(_watch.Waited, _watch.Typical, _idle.Count);
        if (!decision.Speculate)
        {
            return;
        }

        foreach (WorkerId slow in _roster.Live)
        {
            _ledger.HeldAlone(slow, _ranges);
            foreach (MicrobatchRange range in _ranges)
            {
                AssignSecond(slow, range, decision.Reason);
            }
        }
    }

    private void AssignSecond(WorkerId slow, MicrobatchRange range, string reason)
    {
        ShardPlanner.Deal(range, _idle, _shards);
        foreach (Shard shard in _shards)
        {
            _ledger.AssignSecond(shard);
            Send(shard);
        }

        effects.Report(new RunEvent("worker_slow", $"step {_step.Step.Value}: microbatches {range} of {slow} go to idle workers as well: {reason}", slow));
    }

    private void ReportWaits(TimeSpan now)
    {
        if (_watch.Waited < TimeSpan.FromSeconds(1))
        {
            _nextWaitReport = TimeSpan.FromSeconds(1);
            return;
        }

        if (_watch.Waited < _nextWaitReport)
        {
            return;
        }

        _nextWaitReport = _watch.Waited * 2;
        if (_roster.Live.Count == 0)
        {
            effects.Report(new RunEvent("no_worker", $"step {_step.Step.Value}: waiting {_watch.Waited.TotalSeconds:F1} s for a worker to join; none is there"));
        }

        foreach (WorkerId worker in _roster.Live)
        {
            string missing = _ledger.MissingFrom(worker);
            if (missing.Length > 0)
            {
                effects.Report(new RunEvent("waiting", WaitSentence(now, worker, missing), worker));
            }
        }
    }

    private string WaitSentence(TimeSpan now, WorkerId worker, string missing)
    {
        LiveWorker details = _roster[worker];
        string heard = details.LastHeartbeat is { } last ? $", last heartbeat {(now - last).TotalSeconds:F1} s ago" : "";
        return $"step {_step.Step.Value}: waiting {_watch.Waited.TotalSeconds:F1} s for microbatches {missing} from {worker} ({details.Name}){heard}";
    }
}
