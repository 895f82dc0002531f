using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Training;

/// <summary>
/// The audited microbatches of the open step. Each is computed by two workers at least and counts only once two answers agree bit for bit,
/// so that no wrong bit of an audited microbatch can reach the weights.
/// </summary>
internal sealed class StepAudit(AuditPlan plan, ITrainingEffects effects, Action<WorkerId, int> ask)
{
    /// <summary>A worker is not asked for more at a time: its queue has an end.</summary>
    private const int OutstandingMax = 64;

    private readonly List<AuditCase> _cases = [];
    private readonly List<int> _audited = [];
    private readonly Dictionary<WorkerId, int> _load = [];
    private readonly Dictionary<WorkerId, int> _outstanding = [];
    private StepNumber _step;

    /// <summary>The audited microbatches of the open step, in order.</summary>
    internal IReadOnlyList<int> Audited => _audited;

    /// <summary>Opens <paramref name="step"/>, or opens it again.</summary>
    internal void Open(StepPosition step)
    {
        _cases.ForEach(audited => audited.Close());
        _cases.Clear();
        _audited.Clear();
        _load.Clear();
        _outstanding.Clear();
        _step = step.Step;
        plan.Draw(step.Step, step.Microbatches.Count, _audited);
        foreach (int microbatch in _audited)
        {
            _cases.Add(new AuditCase(microbatch));
        }
    }

    /// <summary>True when a microbatch of <paramref name="node"/> is audited: then it counts by way of <see cref="Take"/> alone.</summary>
    internal bool Covers(MicrobatchRange node)
    {
        foreach (AuditCase audited in _cases)
        {
            if (audited.Microbatch >= node.First && audited.Microbatch < node.End)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when <paramref name="worker"/> was asked and has not answered.</summary>
    internal bool IsWaitingFor(WorkerId worker) => _cases.Exists(audited => audited.Asked.Contains(worker));

    /// <summary>The microbatches that <paramref name="worker"/> was asked for, for people: 5,6.</summary>
    internal string MissingFrom(WorkerId worker) =>
        string.Join(',', _cases.Where(audited => audited.Asked.Contains(worker)).Select(audited => audited.Microbatch));

    /// <summary>The microbatches whose right bits the coordinator itself is asked for, for people: 5,6.</summary>
    internal string MissingFromCoordinator() =>
        string.Join(',', _cases.Where(audited => audited.IsCoordinatorAsked && !audited.IsDecided).Select(audited => audited.Microbatch));

    /// <summary>Asks everybody whose answer is wanted, of the workers in <paramref name="live"/>.</summary>
    /// <param name="live">The live workers.</param>
    /// <param name="late">Null, or the idle ones, of which each undecided case may ask one more than usual, because the step is late.</param>
    /// <returns>True when somebody was asked, be it the coordinator.</returns>
    internal bool AskAll(IReadOnlyList<WorkerId> live, IReadOnlyList<WorkerId>? late = null)
    {
        bool anybody = false;
        foreach (AuditCase audited in _cases)
        {
            while (AskNext(audited, live, late))
            {
                anybody = true;
                if (late is not null)
                {
                    break;
                }
            }
        }

        return anybody;
    }

    /// <summary>
    /// Takes an answer for a single audited microbatch. Returns the partial that counts, if it is decided now; names those who computed wrongly.
    /// </summary>
    internal Partial? Take(Partial partial, bool isCoordinators, List<WorkerId> culprits)
    {
        if (partial.Step != _step || partial.Node.Count != 1 || CaseOf(partial.Node.First) is not { } audited)
        {
            partial.Return();
            return null;
        }

        if (_outstanding.TryGetValue(partial.Worker, out int outstanding) && outstanding > 0)
        {
            _outstanding[partial.Worker] = outstanding - 1;
        }

        bool wasDisputed = audited.IsDisputed;
        Partial? counted = audited.Take(partial, isCoordinators, culprits);
        if (audited.IsDisputed && !wasDisputed)
        {
            effects.Report(new RunEvent(
                "bits_differ",
                $"step {_step.Value}: {audited.Answerers} computed different bits for microbatch {audited.Microbatch}; another computation decides"));
        }

        return counted;
    }

    /// <summary><paramref name="worker"/> will answer nothing more.</summary>
    internal void Release(WorkerId worker)
    {
        _outstanding.Remove(worker);
        _cases.ForEach(audited => audited.Release(worker));
    }

    private AuditCase? CaseOf(int microbatch) => _cases.Find(audited => audited.Microbatch == microbatch);

    private bool AskNext(AuditCase audited, IReadOnlyList<WorkerId> live, IReadOnlyList<WorkerId>? late)
    {
        if (live.Count == 0)
        {
            return false;
        }

        WorkerId? candidate = LeastAsked(audited, late ?? live, OutstandingMax);
        if (candidate is null && LeastAsked(audited, live, int.MaxValue) is not null)
        {
            return false; // Somebody has time for it sooner or later.
        }

        switch (audited.Need(candidate is not null, late is not null))
        {
            case AuditNeed.Worker:
                audited.Ask(candidate!.Value);
                _load[candidate.Value] = _load.GetValueOrDefault(candidate.Value) + 1;
                _outstanding[candidate.Value] = _outstanding.GetValueOrDefault(candidate.Value) + 1;
                ask(candidate.Value, audited.Microbatch);
                return true;
            case AuditNeed.Coordinator:
                audited.AskCoordinator();
                effects.Arbitrate(_step, new MicrobatchRange(audited.Microbatch, 1));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Of the workers that can be asked, the one that was asked least in this step; among equals, another one for each microbatch.</summary>
    private WorkerId? LeastAsked(AuditCase audited, IReadOnlyList<WorkerId> workers, int outstandingMax)
    {
        WorkerId? least = null;
        for (int i = 0; i < workers.Count; i++)
        {
            WorkerId worker = workers[(audited.Microbatch + i) % workers.Count];
            bool hasTime = _outstanding.GetValueOrDefault(worker) < outstandingMax;
            if (hasTime && !audited.Involves(worker) && (least is null || _load.GetValueOrDefault(worker) < _load.GetValueOrDefault(least.Value)))
            {
                least = worker;
            }
        }

        return least;
    }
}
