using Distributed.Numerics;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>Whose answer a case wants next.</summary>
public enum AuditNeed
{
    /// <summary>Nobody's: it is decided, or enough are computing.</summary>
    None,

    /// <summary>Another worker's.</summary>
    Worker,

    /// <summary>The coordinator's own, which is final.</summary>
    Coordinator,
}

/// <summary>
/// One audited microbatch: the answers of different workers, kept until two of them have the same bits. Where the first two differ a third decides;
/// where three differ, or no other worker is there, the coordinator's own computation does.
/// </summary>
public sealed class AuditCase(int microbatch)
{
    private const int AgreementSize = 2;
    private const int WorkersMax = 3;

    private readonly List<(Partial Partial, AuditAnswer Answer)> _answers = [];
    private readonly List<WorkerId> _asked = [];
    private AuditAnswer? _decided;

    /// <summary>The microbatch.</summary>
    public int Microbatch => microbatch;

    /// <summary>True once the right bits are known.</summary>
    public bool IsDecided => _decided is not null;

    /// <summary>True when the coordinator itself was asked.</summary>
    public bool IsCoordinatorAsked { get; private set; }

    /// <summary>The workers that were asked and did not answer yet.</summary>
    public IReadOnlyList<WorkerId> Asked => _asked;

    /// <summary>True when <paramref name="worker"/> was asked or has answered: it cannot be asked again.</summary>
    public bool Involves(WorkerId worker) => _asked.Contains(worker) || HasAnswerOf(worker);

    /// <summary><paramref name="worker"/> is asked.</summary>
    public void Ask(WorkerId worker)
    {
        Check.That(!Involves(worker));
        _asked.Add(worker);
    }

    /// <summary>The coordinator itself is asked.</summary>
    public void AskCoordinator() => IsCoordinatorAsked = true;

    /// <summary>
    /// Whose answer is wanted next, when <paramref name="hasCandidate"/> says whether a live worker is not involved yet; <paramref
    /// name="isLate"/> asks one more than usual.
    /// </summary>
    public AuditNeed Need(bool hasCandidate, bool isLate)
    {
        int wanted = _answers.Count < AgreementSize ? AgreementSize : _answers.Count + 1;
        int expected = _answers.Count + _asked.Count;
        if (IsDecided || IsCoordinatorAsked || (expected >= wanted && !isLate))
        {
            return AuditNeed.None;
        }

        return hasCandidate && _answers.Count < WorkersMax ? AuditNeed.Worker : AuditNeed.Coordinator;
    }

    /// <summary>
    /// Takes an answer, and with it the partial. Returns the partial that counts, which then belongs to the caller, if this answer decided the case.
    /// Adds every worker whose bits are known to be wrong to <paramref name="culprits"/>.
    /// </summary>
    public Partial? Take(Partial partial, bool isCoordinators, List<WorkerId> culprits)
    {
        Check.That(partial.Node.Count == 1);
        Check.That(partial.Node.First == microbatch);
        _asked.Remove(partial.Worker);
        AuditAnswer own = AuditAnswer.Of(partial);
        if (IsDecided)
        {
            Judge(partial.Worker, own, culprits);
            partial.Return();
            return null;
        }

        if (!isCoordinators && HasAnswerOf(partial.Worker))
        {
            TakeAgain(partial, own, culprits);
            return null;
        }

        bool agrees = _answers.Exists(answer => answer.Answer == own);
        _answers.Add((partial, own));
        return agrees || isCoordinators ? Decide(partial, own, culprits) : null;
    }

    /// <summary><paramref name="worker"/> will not answer; what it has answered already stands.</summary>
    public void Release(WorkerId worker) => _asked.Remove(worker);

    /// <summary>Two answers differ, and it is not known yet which is wrong.</summary>
    public bool IsDisputed => !IsDecided && _answers.Count >= AgreementSize;

    /// <summary>The workers that have answered, for people: worker-1 and worker-2.</summary>
    public string Answerers => string.Join(" and ", _answers.Select(answer => answer.Partial.Worker));

    /// <summary>Gives the partials back to their pools.</summary>
    public void Close()
    {
        if (!IsDecided)
        {
            _answers.ForEach(answer => answer.Partial.Return());
        }

        _answers.Clear();
    }

    /// <summary>A worker that gives two answers has computed wrongly once at least, and neither is worth anything.</summary>
    private void TakeAgain(Partial partial, AuditAnswer own, List<WorkerId> culprits)
    {
        int earlier = _answers.FindIndex(answer => answer.Partial.Worker == partial.Worker);
        if (_answers[earlier].Answer != own)
        {
            culprits.Add(partial.Worker);
            _answers[earlier].Partial.Return();
            _answers.RemoveAt(earlier);
        }

        partial.Return();
    }

    private bool HasAnswerOf(WorkerId worker) => _answers.Exists(answer => answer.Partial.Worker == worker);

    private Partial Decide(Partial counted, AuditAnswer right, List<WorkerId> culprits)
    {
        _decided = right;
        foreach ((Partial partial, AuditAnswer own) in _answers)
        {
            Judge(partial.Worker, own, culprits);
            if (partial != counted)
            {
                partial.Return();
            }
        }

        _answers.Clear();
        _asked.Clear();
        return counted;
    }

    private void Judge(WorkerId worker, AuditAnswer own, List<WorkerId> culprits)
    {
        if (own != _decided && !culprits.Contains(worker))
        {
            culprits.Add(worker);
        }
    }
}
