using Distributed.Numerics;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>What the ledger says of a partial that arrived.</summary>
public enum LedgerVerdict
{
    /// <summary>Every microbatch in it is counted now, for the first time.</summary>
    Counted,

    /// <summary>It belongs to another step than the open one.</summary>
    OtherStep,

    /// <summary>It is not a node of the step's reduction tree.</summary>
    NotANode,

    /// <summary>A microbatch in it was counted before; the whole partial is dropped.</summary>
    Duplicate,
}

/// <summary>
/// Who holds and who delivered each microbatch of the open step. A microbatch is counted once; a step is complete when all are.
/// </summary>
public class StepLedger
{
    private const int Nobody = 0;
    private const int Elsewhere = -1;

    private int[] _holder = [];
    private int[] _second = [];
    private bool[] _counted = [];
    private int _missing;

    /// <summary>The open step.</summary>
    public StepNumber Step { get; private set; } = new(-1);

    /// <summary>Microbatches in the open step.</summary>
    public int Count { get; private set; }

    /// <summary>True when every microbatch was counted.</summary>
    public bool IsComplete => _missing == 0;

    /// <summary>Microbatches that were not counted yet.</summary>
    public int Missing => _missing;

    /// <summary>Closes the complete step, if any, and opens <paramref name="step"/> with <paramref name="count"/> microbatches that nobody holds.</summary>
    public void Open(StepNumber step, int count)
    {
        Check.That(IsComplete);
        Check.That(step.Value > Step.Value);
        Begin(step, count);
    }

    /// <summary>Forgets what was delivered and who holds what: the open step begins again.</summary>
    public void Restart()
    {
        Check.That(!IsComplete);
        Begin(Step, Count);
    }

    /// <summary>Somebody else sees to <paramref name="microbatch"/>; it only is counted here.</summary>
    public void Reserve(int microbatch)
    {
        Check.That(_holder[microbatch] == Nobody);
        _holder[microbatch] = Elsewhere;
    }

    private void Begin(StepNumber step, int count)
    {
        Check.That(count >= 1);
        if (_holder.Length < count)
        {
            _holder = new int[count];
            _second = new int[count];
            _counted = new bool[count];
        }

        Array.Fill(_holder, Nobody);
        Array.Fill(_second, Nobody);
        Array.Clear(_counted);
        Step = step;
        Count = count;
        _missing = count;
    }

    /// <summary>Notes that <paramref name="shard"/>'s worker now holds its microbatches; those already counted stay with who delivered them.</summary>
    public void Assign(Shard shard)
    {
        Check.That(shard.Worker.Value != Nobody);
        Check.That(shard.Microbatches.First >= 0);
        Check.That(shard.Microbatches.End <= Count);
        for (int i = shard.Microbatches.First; i < shard.Microbatches.End; i++)
        {
            if (!_counted[i])
            {
                _holder[i] = shard.Worker.Value;
            }
        }
    }

    /// <summary>Counts every microbatch of <paramref name="node"/>, or none and says why.</summary>
    public virtual LedgerVerdict TryCount(StepNumber step, MicrobatchRange node)
    {
        if (step != Step || IsComplete)
        {
            return LedgerVerdict.OtherStep;
        }

        if (!ReductionTree.IsNode(node, Count))
        {
            return LedgerVerdict.NotANode;
        }

        for (int i = node.First; i < node.End; i++)
        {
            if (_counted[i])
            {
                return LedgerVerdict.Duplicate;
            }
        }

        for (int i = node.First; i < node.End; i++)
        {
            _counted[i] = true;
        }

        _missing -= node.Count;
        Check.That(_missing >= 0);
        return LedgerVerdict.Counted;
    }

    /// <summary>Notes that <paramref name="shard"/>'s worker computes its missing microbatches as well, beside the slow worker that holds them.</summary>
    public void AssignSecond(Shard shard)
    {
        for (int i = shard.Microbatches.First; i < shard.Microbatches.End; i++)
        {
            Check.That(!_counted[i]);
            Check.That(_holder[i] != Nobody);
            Check.That(_holder[i] != shard.Worker.Value);
            _second[i] = shard.Worker.Value;
        }
    }

    /// <summary>True when <paramref name="worker"/> holds a microbatch that was not counted yet, first or second.</summary>
    public bool IsWaitingFor(WorkerId worker)
    {
        for (int i = 0; i < Count; i++)
        {
            if (!_counted[i] && (_holder[i] == worker.Value || _second[i] == worker.Value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a microbatch of <paramref name="node"/> was given to a second worker.</summary>
    public bool HasSecond(MicrobatchRange node) => _second.AsSpan(node.First, node.Count).ContainsAnyExcept(Nobody);

    /// <summary><paramref name="worker"/> will deliver nothing more: a second holder takes its place, and what has none nobody holds from now on.</summary>
    public virtual void Release(WorkerId worker)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_second[i] == worker.Value)
            {
                _second[i] = Nobody;
            }

            if (!_counted[i] && _holder[i] == worker.Value)
            {
                _holder[i] = _second[i];
                _second[i] = Nobody;
            }
        }
    }

    /// <summary>The runs of consecutive missing microbatches that nobody holds.</summary>
    public void Unassigned(List<MicrobatchRange> runs) => CollectRuns(Nobody, runs, withoutSecond: false);

    /// <summary>The runs of consecutive missing microbatches that <paramref name="worker"/> alone holds.</summary>
    public void HeldAlone(WorkerId worker, List<MicrobatchRange> runs) => CollectRuns(worker.Value, runs, withoutSecond: true);

    /// <summary>The missing microbatches that <paramref name="worker"/> holds first, for people: 5,6.</summary>
    public string MissingFrom(WorkerId worker) =>
        string.Join(',', Enumerable.Range(0, Count).Where(i => !_counted[i] && _holder[i] == worker.Value));

    private void CollectRuns(int holder, List<MicrobatchRange> runs, bool withoutSecond)
    {
        runs.Clear();
        int first = -1;
        for (int i = 0; i <= Count; i++)
        {
            bool inRun = i < Count && !_counted[i] && _holder[i] == holder && !(withoutSecond && _second[i] != Nobody);
            if (inRun && first < 0)
            {
                first = i;
            }
            else if (!inRun && first >= 0)
            {
                runs.Add(new MicrobatchRange(first, i - first));
                first = -1;
            }
        }
    }
}
