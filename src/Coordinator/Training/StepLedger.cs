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
    /// <summary>No worker has this number.</summary>
    private const int Elsewhere = 0;

    /// <summary>Of each microbatch, in the order in which they were asked.</summary>
    private List<int>[] _holders = [];
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
        Check.That(_holders[microbatch].Count == 0);
        _holders[microbatch].Add(Elsewhere);
    }

    private void Begin(StepNumber step, int count)
    {
        Check.That(count >= 1);
        if (_holders.Length < count)
        {
            _holders = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
            _counted = new bool[count];
        }

        foreach (List<int> holders in _holders)
        {
            holders.Clear();
        }

        Array.Clear(_counted);
        Step = step;
        Count = count;
        _missing = count;
    }

    /// <summary>
    /// Notes that <paramref name="shard"/>'s worker holds its microbatches from now on, beside those who hold them already; those already
    /// counted stay with who delivered them.
    /// </summary>
    public void Assign(Shard shard)
    {
        Check.That(shard.Worker.Value != Elsewhere);
        Check.That(shard.Microbatches.First >= 0);
        Check.That(shard.Microbatches.End <= Count);
        for (int i = shard.Microbatches.First; i < shard.Microbatches.End; i++)
        {
            if (!_counted[i])
            {
                Check.That(!_holders[i].Contains(shard.Worker.Value));
                _holders[i].Add(shard.Worker.Value);
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

    /// <summary>True when <paramref name="worker"/> holds a microbatch that was not counted yet, alone or beside others.</summary>
    public bool IsWaitingFor(WorkerId worker)
    {
        for (int i = 0; i < Count; i++)
        {
            if (!_counted[i] && _holders[i].Contains(worker.Value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a microbatch of <paramref name="node"/> is held by more than one worker.</summary>
    public bool IsShared(MicrobatchRange node)
    {
        for (int i = node.First; i < node.End; i++)
        {
            if (_holders[i].Count > 1)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// <paramref name="worker"/> will deliver nothing more: others who were asked take its place, and what has none nobody holds from now on.
    /// </summary>
    public virtual void Release(WorkerId worker)
    {
        for (int i = 0; i < Count; i++)
        {
            _holders[i].Remove(worker.Value);
        }
    }

    /// <summary>The runs of consecutive missing microbatches that nobody holds.</summary>
    public void Unassigned(List<MicrobatchRange> runs) => CollectRuns(runs, static (holders, _, _) => holders.Count == 0, Elsewhere, 0);

    /// <summary>
    /// The runs of consecutive missing microbatches that <paramref name="worker"/> was asked for first, and no more than
    /// <paramref name="holdersMax"/> hold.
    /// </summary>
    public void HeldBy(WorkerId worker, int holdersMax, List<MicrobatchRange> runs) => CollectRuns(
        runs, static (holders, first, max) => holders.Count > 0 && holders.Count <= max && holders[0] == first, worker.Value, holdersMax);

    /// <summary>The missing microbatches that <paramref name="worker"/> was asked for first, for people: 5,6.</summary>
    public string MissingFrom(WorkerId worker) =>
        string.Join(',', Enumerable.Range(0, Count).Where(i => !_counted[i] && _holders[i].Count > 0 && _holders[i][0] == worker.Value));

    private void CollectRuns(List<MicrobatchRange> runs, Func<List<int>, int, int, bool> isWanted, int worker, int holdersMax)
    {
        runs.Clear();
        int first = -1;
        for (int i = 0; i <= Count; i++)
        {
            bool inRun = i < Count && !_counted[i] && isWanted(_holders[i], worker, holdersMax);
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
