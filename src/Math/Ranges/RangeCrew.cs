using System.Runtime.ExceptionServices;

namespace Distributed.Numerics.Ranges;

/// <summary>
/// Threads that share a pass over many elements. Each member has a share that is always the same part, so that it finds in its own cache what it
/// wrote the time before; what a member that is not there leaves, the others do. Nobody is waited for but whoever has begun a piece.
/// <para>
/// Member 0 is whoever calls <see cref="Run"/>. The others are threads that have nothing to do until the pass is over and say so with
/// <see cref="Help"/>; for a pass that is long enough, threads of the pool take the place of those that are not there.
/// </para>
/// </summary>
public sealed class RangeCrew
{
    /// <summary>Elements that are claimed at a time; a cut falls on a multiple of them.</summary>
    public const int PieceElements = 8192;

    /// <summary>Elements of a share from which on it pays to wake a thread for it.</summary>
    private const int WakeElementsMin = 256 * 1024;

    /// <summary>Looks at the others' progress before what they have not begun is taken from them.</summary>
    private const int LooksBeforeTaking = 100;

    /// <summary>Looks for a pass before a member that wants to help has better things to do: a fraction of a millisecond.</summary>
    private const int LooksBeforeLeaving = 5_000;

    private readonly RangeShare[] _shares;
    private readonly Substitute[] _substitutes;
    private IRangePass? _pass;
    private Exception? _failure;
    private int _count;
    private int _round;
    private int _open;

    /// <param name="members">At least 1.</param>
    public RangeCrew(int members)
    {
        Check.That(members >= 1);
        _shares = new RangeShare[members];
        _shares[0].IsMemberThere = true;
        _substitutes = [.. Enumerable.Range(0, members).Select(member => new Substitute(this, member))];
    }

    /// <summary>Members, whether they are there or not.</summary>
    public int Members => _shares.Length;

    /// <summary>The last pass that began. Whoever will help with the next one asks for it before that can begin.</summary>
    public int Round => Volatile.Read(ref _round);

    /// <summary>Runs <paramref name="pass"/> over elements 0 … <paramref name="count"/>-1, each once. One call at a time.</summary>
    public void Run(int count, IRangePass pass)
    {
        Check.That(count >= 0);
        if (Members == 1)
        {
            pass.Run(0, count);
            return;
        }

        int round = Open(count, pass);
        WakeSubstitutes(count, round);
        Work(round, member: 0);
        Await();
        _pass = null;
        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>
    /// Lends the calling thread as <paramref name="member"/> until the pass after <paramref name="round"/> has nothing left to do, or none begins for a while.
    /// </summary>
    public void Help(int member, int round)
    {
        Check.That(member >= 1);
        Check.That(member < Members);
        ref RangeShare own = ref _shares[member];
        own.IsMemberThere = true;
        for (int i = 0; i < LooksBeforeLeaving && Round == round; i++)
        {
            Thread.SpinWait(1);
        }

        int begun = Round;
        if (begun != round)
        {
            Work(begun, member);
        }

        own.IsMemberThere = false;
    }

    private int Open(int count, IRangePass pass)
    {
        int pieces = (count + PieceElements - 1) / PieceElements;
        Check.That(pieces <= RangeShare.PiecesMax);
        int round = _round + 1;
        _pass = pass;
        _count = count;
        _open = pieces;
        for (int member = 0; member < Members; member++)
        {
            _shares[member].Open(round, (int)((long)pieces * member / Members), (int)((long)pieces * (member + 1) / Members));
        }

        Volatile.Write(ref _round, round);
        return round;
    }

    private void WakeSubstitutes(int count, int round)
    {
        if (count / Members < WakeElementsMin)
        {
            return;
        }

        for (int member = 1; member < Members; member++)
        {
            if (!_shares[member].IsMemberThere)
            {
                _substitutes[member].Round = round;
                ThreadPool.UnsafeQueueUserWorkItem(_substitutes[member], preferLocal: false);
            }
        }
    }

    /// <summary>The own share, then what others leave.</summary>
    private void Work(int round, int member)
    {
        RunShare(round, member);
        for (int i = 1; i < Members; i++)
        {
            int other = (member + i) % Members;
            if (_shares[other].IsMemberThere)
            {
                LetFinish();
            }

            RunShare(round, other);
        }
    }

    private void RunShare(int round, int member)
    {
        int done = 0;
        for (int piece; (piece = _shares[member].Claim(round)) >= 0; done++)
        {
            int start = piece * PieceElements;
            try
            {
                _pass!.Run(start, System.Math.Min(PieceElements, _count - start));
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
            }
        }

        if (done > 0)
        {
            Interlocked.Add(ref _open, -done);
        }
    }

    /// <summary>Pieces are best done by those whose they are, and those who are there are soon done with them.</summary>
    private void LetFinish()
    {
        for (int i = 0; i < LooksBeforeTaking && Volatile.Read(ref _open) > 0; i++)
        {
            Thread.SpinWait(1);
        }
    }

    private void Await()
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref _open) > 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>A thread of the pool in the place of a member. Made once, so that a pass allocates nothing.</summary>
    private sealed class Substitute(RangeCrew crew, int member) : IThreadPoolWorkItem
    {
        private int _round;

        internal int Round
        {
            set => Volatile.Write(ref _round, value);
        }

        public void Execute() => crew.Work(Volatile.Read(ref _round), member);
    }
}
