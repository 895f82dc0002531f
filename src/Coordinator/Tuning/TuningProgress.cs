using Distributed.Numerics;

namespace Distributed.Coordinator.Tuning;

/// <summary>
/// How far a tuning has come: a fold over the results, in any order within a rung. What it decides depends on the results alone, never on their
/// order or on time. One caller at a time.
/// </summary>
public sealed class TuningProgress
{
    private readonly Dictionary<int, TrialResult> _latest = [];
    private readonly Dictionary<int, TrialResult> _inRung = [];
    private readonly List<RungDecision> _decisions = [];
    private readonly Dictionary<int, int> _replacements = [];
    private List<Trial> _trials;
    private int _rung;

    /// <summary>A tuning before its first result.</summary>
    public TuningProgress(TuningPlan plan)
    {
        Plan = plan;
        _trials = [.. plan.Trials];
    }

    public TuningPlan Plan { get; }

    /// <summary>The rung that is being trained, or was last.</summary>
    public Rung Rung => Plan.Rungs[_rung];

    /// <summary>Trials in it.</summary>
    public IReadOnlyList<Trial> Trials => _trials;

    /// <summary>Its trials that have no result yet, by number.</summary>
    public IReadOnlyList<Trial> Waiting => [.. _trials.Where(trial => !_inRung.ContainsKey(trial.Number))];

    /// <summary>Nothing is left to train.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Epochs that are left to train; fewer where trials end early, others where they fail.</summary>
    public int EpochsLeft
    {
        get
        {
            int left = Waiting.Sum(trial => Rung.EpochsOf(trial) - EpochsOf(trial));
            for (int rung = _rung + 1; rung < Plan.Rungs.Count; rung++)
            {
                Trial any = Plan.Trials[0];
                left += Plan.Rungs[rung].Trials * (Plan.Rungs[rung].EpochsOf(any) - Plan.Rungs[rung - 1].EpochsOf(any));
            }

            return IsOver ? 0 : left;
        }
    }

    /// <summary>Epochs that <paramref name="trial"/> was trained in the rungs before.</summary>
    public int EpochsOf(Trial trial) => _latest.TryGetValue(trial.Number, out TrialResult? result) ? result.Epochs : 0;

    /// <summary>What was decided at the end of each rung but the last, in order.</summary>
    public IReadOnlyList<RungDecision> Decisions => _decisions;

    /// <summary>True when <paramref name="result"/> is one that is waited for.</summary>
    public bool Expects(TrialResult result) =>
        !IsOver && result.Rung == Rung.Number && Waiting.Any(trial => trial.Number == result.Trial && result.Epochs <= Rung.EpochsOf(trial));

    /// <summary>The trial that stepped in for <paramref name="failed"/>, or null.</summary>
    public int? ReplacementOf(int failed) => _replacements.TryGetValue(failed, out int trial) ? trial : null;

    /// <summary>A trial has reached the end of the rung, or failed: then the next best of the rung before steps in, if one is left.</summary>
    public void Record(TrialResult result)
    {
        Check.That(Expects(result));
        _inRung.Add(result.Trial, result);
        _latest[result.Trial] = result;
        if (result.Failure is not null && _decisions.LastOrDefault() is { NextBest: { } next } decision)
        {
            _decisions[^1] = decision.WithNextBest();
            _replacements[result.Trial] = next;
            TakeIn(next);
        }

        while (_inRung.Count == _trials.Count && !IsOver)
        {
            EndRung();
        }
    }

    /// <summary>
    /// Every trial that has a result, the best first: those in the last rung before those that were left behind, failed ones at the end; within each
    /// by the metric, then by number.
    /// </summary>
    public IReadOnlyList<Standing> Standings()
    {
        IEnumerable<TrialResult> sound = _latest.Values
            .GroupBy(result => result.Rung)
            .OrderByDescending(rung => rung.Key)
            .SelectMany(rung => Plan.Metric.Order(rung));
        IEnumerable<TrialResult> failed = _latest.Values.Where(result => result.Failure is not null).OrderBy(result => result.Trial);
        return [.. sound.Concat(failed).Select((result, index) => new Standing(index + 1, Plan.Trial(result.Trial), result, Reason(result)))];
    }

    private string Reason(TrialResult result)
    {
        if (result.Failure is not null)
        {
            return $"failed in epoch {result.Epochs + 1}";
        }

        return _decisions.LastOrDefault(decision => decision.Rung == result.Rung)?.Stopped(result.Trial) ?? "finished";
    }

    private void EndRung()
    {
        if (_rung == Plan.Rungs.Count - 1 || _inRung.Values.All(result => result.Failure is not null))
        {
            IsOver = true;
            return;
        }

        RungDecision decision = RungDecision.Of(Rung, _inRung.Values, Plan.Metric, keep: Plan.Rungs[_rung + 1].Trials);
        _decisions.Add(decision);
        _rung++;
        _trials = [];
        _inRung.Clear();
        foreach (int trial in decision.GoOn)
        {
            TakeIn(trial);
        }
    }

    /// <summary>A trial goes on to the rung. What ended early has nothing left to train: its result stands for every later rung.</summary>
    private void TakeIn(int trial)
    {
        _trials = [.. _trials.Append(Plan.Trial(trial)).OrderBy(one => one.Number)];
        if (_latest[trial].IsComplete)
        {
            _latest[trial] = _latest[trial] with { Rung = Rung.Number };
            _inRung.Add(trial, _latest[trial]);
        }
    }
}

/// <summary>A trial among the others.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Trial">Which one.</param>
/// <param name="Result">Its last one.</param>
/// <param name="Reason">finished, or why not.</param>
public sealed record Standing(int Rank, Trial Trial, TrialResult Result, string Reason)
{
    /// <summary>It was trained to its end: its weights are a model.</summary>
    public bool IsFinished => Result is { Failure: null, IsComplete: true };
}
