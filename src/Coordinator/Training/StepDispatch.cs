using Distributed.Coordinator.Membership;
using Distributed.Numerics;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Training;

/// <summary>
/// Sees to it that every microbatch of the open step is computed by somebody and counted once, whoever joins, leaves, is slow or answers twice.
/// </summary>
internal sealed class StepDispatch
{
    private readonly ITrainingEffects _effects;
    private readonly TimeSpan _heartbeatLimit;
    private readonly WorkerRoster _roster;
    private readonly StepLedger _ledger;
    private readonly StepAudit _audit;
    private readonly WaitReport _waits;
    private readonly StepWatch _watch = new();
    private readonly DuplicateCheck _duplicates = new();
    private readonly List<Shard> _shards = [];
    private readonly List<MicrobatchRange> _ranges = [];
    private readonly List<WorkerId> _idle = [];
    private readonly HashSet<WorkerId> _deliverers = [];
    private StepPosition _step;

    internal StepDispatch(ITrainingEffects effects, TimeSpan heartbeatLimit, AuditPlan audit, TrainingParts parts)
    {
        _effects = effects;
        _heartbeatLimit = heartbeatLimit;
        _roster = parts.Roster;
        _ledger = parts.Ledger;
        _audit = new StepAudit(audit, effects, (worker, microbatch) => Send(new Shard(worker, new MicrobatchRange(microbatch, 1))));
        _waits = new WaitReport(effects, _roster, _ledger, _audit, _watch);
    }

    /// <summary>The live workers.</summary>
    internal IReadOnlyList<WorkerId> Workers => _roster.Live;

    /// <summary>True when no step is open, or every microbatch of it was counted.</summary>
    internal bool IsComplete => _ledger.IsComplete;

    /// <summary>
    /// True when a worker that is now in quarantine had delivered microbatches of the open step that nobody audited: the step has to
    /// begin again, with <see cref="Restart"/>.
    /// </summary>
    internal bool MustRestart { get; private set; }

    /// <summary>Opens <paramref name="step"/> and deals its microbatches to the live workers.</summary>
    internal void Open(StepPosition step)
    {
        _step = step;
        _ledger.Open(step.Step, step.Microbatches.Count);
        Deal();
    }

    /// <summary>Forgets what was delivered of the open step and deals it again.</summary>
    internal void Restart()
    {
        _ledger.Restart();
        Deal();
    }

    private void Deal()
    {
        MustRestart = false;
        _duplicates.Clear();
        _deliverers.Clear();
        _audit.Open(_step);
        for (int i = 0; i < _audit.Audited.Count; i++)
        {
            _ledger.Reserve(_audit.Audited[i]);
        }

        DealUnassigned();
    }

    /// <summary>A worker is there. It is used from the next step on, or at once when nobody holds what is missing.</summary>
    internal void Join(WorkerId worker, LiveWorker details)
    {
        if (_roster.IsQuarantined(worker))
        {
            _effects.Dismiss(worker, "it computed wrongly and is in quarantine");
        }
        else if (_roster.TryJoin(worker, details))
        {
            _effects.Report(new RunEvent("worker_joined", $"{worker} ({details.Name}) joined", worker));
            Redeal(worker);
        }
    }

    /// <summary>A worker is gone. What it held and did not deliver goes to the others at once.</summary>
    internal void Lose(WorkerId worker, Incarnation incarnation, string reason)
    {
        if (_roster.TryLeave(worker, incarnation))
        {
            _effects.Report(new RunEvent("worker_lost", $"{worker} lost at step {_step.Step.Value}: {reason}", worker));
            Redeal(worker);
        }
    }

    /// <summary>A worker was heard of.</summary>
    internal void Heartbeat(WorkerId worker, Incarnation incarnation, TimeSpan now) => _roster.Heartbeat(worker, incarnation, now);

    /// <summary>Gives up silent workers, hands what slow ones hold to idle ones as well, and says who is waited for.</summary>
    internal void Tick(TimeSpan now)
    {
        while (_roster.FirstSilent(now, _heartbeatLimit) is { } silent)
        {
            double seconds = (now - _roster[silent].LastHeartbeat!.Value).TotalSeconds;
            Lose(silent, _roster[silent].Incarnation, $"no heartbeat for {seconds:F1} s, {_heartbeatLimit.TotalSeconds:F1} s are allowed");
        }

        if (!_ledger.IsComplete)
        {
            _watch.Tick(now, _step.Step);
            Speculate();
            _waits.Tick(now, _step.Step);
        }
    }

    /// <summary>
    /// Takes <paramref name="partial"/> and returns what is counted now because of it: mostly itself, or an audited microbatch that it
    /// decided. Null when nothing is:
    /// it came from another life, for another step, was there already, or is to be compared first.
    /// </summary>
    internal Partial? Accept(Partial partial)
    {
        if (!_roster.IsLive(partial.Worker, partial.Incarnation))
        {
            partial.Return();
            return null;
        }

        if (partial.Step == _step.Step && _audit.Covers(partial.Node))
        {
            return Audit(partial, isCoordinators: false);
        }

        if (!TryCount(partial))
        {
            partial.Return();
            return null;
        }

        _deliverers.Add(partial.Worker);
        return partial;
    }

    /// <summary>As above, for what the coordinator itself computed.</summary>
    internal Partial? AcceptOwn(Partial partial) => Audit(partial, isCoordinators: true);

    private Partial? Audit(Partial partial, bool isCoordinators)
    {
        var culprits = new List<WorkerId>();
        Partial? counted = _audit.Take(partial, isCoordinators, culprits);
        foreach (WorkerId culprit in culprits)
        {
            Quarantine(culprit, partial.Node);
        }

        if (counted is not null && MustRestart)
        {
            counted.Return();
            return null;
        }

        if (counted is not null)
        {
            LedgerVerdict verdict = _ledger.TryCount(counted.Step, counted.Node);
            Check.That(verdict == LedgerVerdict.Counted);
        }

        if (!_ledger.IsComplete)
        {
            _audit.AskAll(_roster.Live);
        }

        return counted;
    }

    private void Quarantine(WorkerId culprit, MicrobatchRange node)
    {
        if (_roster.IsQuarantined(culprit))
        {
            return;
        }

        _roster.Quarantine(culprit);
        string sentence = $"step {_step.Step.Value}: {culprit} computed wrong bits for microbatch {node}; it is in quarantine";
        _effects.Report(new RunEvent("worker_quarantined", sentence, culprit));
        _effects.Dismiss(culprit, sentence);
        MustRestart |= _deliverers.Contains(culprit);
        if (!MustRestart && !_ledger.IsComplete)
        {
            Redeal(culprit);
        }
    }

    private bool TryCount(Partial partial)
    {
        LedgerVerdict verdict = _ledger.TryCount(partial.Step, partial.Node);
        if (verdict == LedgerVerdict.Duplicate)
        {
            CheckBits(partial);
        }
        else if (verdict == LedgerVerdict.Counted && _ledger.IsShared(partial.Node))
        {
            _duplicates.Remember(partial);
        }

        return verdict == LedgerVerdict.Counted;
    }

    private void CheckBits(Partial partial)
    {
        if (_duplicates.Differs(partial) is { } other)
        {
            _effects.Report(new RunEvent(
                "bits_differ",
                $"step {_step.Step.Value}: {partial.Worker} and {other} computed different bits for microbatches {partial.Node}; "
                + "one of them computes wrongly; --audit finds out which",
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
        _effects.Assign(shard.Worker, new Assignment(_step.Step, new WeightsVersion(_step.Step.Value), shard.Microbatches));

    /// <summary>After <paramref name="changed"/> joined or left: what it held in an earlier life, and what nobody holds, goes to the live.</summary>
    private void Redeal(WorkerId changed)
    {
        if (_ledger.IsComplete)
        {
            return;
        }

        _ledger.Release(changed);
        _audit.Release(changed);
        if (_roster.Live.Count == 0)
        {
            _effects.Report(new RunEvent("no_worker", $"step {_step.Step.Value}: waiting for a worker to join; none is left"));
            return;
        }

        DealUnassigned();
    }

    private void DealUnassigned()
    {
        if (_roster.Live.Count == 0)
        {
            return;
        }

        _ledger.Unassigned(_ranges);
        foreach (MicrobatchRange range in _ranges)
        {
            Assign(range);
        }

        _audit.AskAll(_roster.Live);
    }

    private void Speculate()
    {
        _idle.Clear();
        foreach (WorkerId worker in _roster.Live)
        {
            if (!_ledger.IsWaitingFor(worker) && !_audit.IsWaitingFor(worker))
            {
                _idle.Add(worker);
            }
        }

        if (SpeculationPolicy.IsLate(_watch.Waited, _watch.Typical))
        {
            if (_audit.AskAll(_roster.Live, late: _idle))
            {
                _watch.ForgetWait();
            }
        }

        SpeculationDecision decision = SpeculationPolicy.Decide(_watch.Waited, _watch.Typical, _idle.Count);
        foreach (WorkerId slow in _roster.Live)
        {
            _ledger.HeldBy(slow, decision.HoldersMax - 1, _ranges);
            foreach (MicrobatchRange range in _ranges)
            {
                ShareOut(slow, range, decision.Reason);
            }
        }
    }

    private void ShareOut(WorkerId slow, MicrobatchRange range, string reason)
    {
        ShardPlanner.Deal(range, _idle, _shards);
        foreach (Shard shard in _shards)
        {
            _ledger.Assign(shard);
            Send(shard);
        }

        _watch.ForgetWait();
        _effects.Report(new RunEvent("worker_slow", $"step {_step.Step.Value}: microbatches {range} of {slow} go to idle workers as well: {reason}", slow));
    }
}
