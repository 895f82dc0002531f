using System.Runtime.InteropServices;

namespace Distributed.Numerics.Ranges;

/// <summary>
/// The pieces of a pass that one member of a crew takes first. Round, end and next piece are one word, so that a claim holds for exactly the
/// round it was made in: whoever comes late to a round that is over takes nothing of the next. On cache lines of its own.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct RangeShare
{
    /// <summary>Pieces that one pass may have, at most.</summary>
    internal const int PiecesMax = (1 << Bits) - 1;

    private const int Bits = 20;
    private const int RoundBits = 64 - (2 * Bits);

    [FieldOffset(128)]
    private long _word;

    [FieldOffset(136)]
    private bool _isMemberThere;

    /// <summary>True while the member waits for a pass: it will begin at once.</summary>
    internal bool IsMemberThere
    {
        readonly get => Volatile.Read(in _isMemberThere);
        set => Volatile.Write(ref _isMemberThere, value);
    }

    /// <summary>From now on pieces <paramref name="first"/> … <paramref name="end"/>-1 of <paramref name="round"/> can be claimed.</summary>
    internal void Open(int round, int first, int end)
    {
        Check.That(first >= 0);
        Check.That(first <= end);
        Check.That(end <= PiecesMax);
        Volatile.Write(ref _word, ((long)round << (2 * Bits)) | ((long)end << Bits) | (uint)first);
    }

    /// <summary>The next piece of <paramref name="round"/>, which is then the caller's alone; -1 when none is left, or the round is over.</summary>
    internal int Claim(int round)
    {
        while (true)
        {
            long word = Volatile.Read(ref _word);
            int next = (int)word & PiecesMax;
            int end = (int)(word >> Bits) & PiecesMax;
            bool isThisRound = (int)(word >> (2 * Bits)) << (32 - RoundBits) == round << (32 - RoundBits);
            if (!isThisRound || next == end)
            {
                return -1;
            }

            if (Interlocked.CompareExchange(ref _word, word + 1, word) == word)
            {
                return next;
            }
        }
    }
}
