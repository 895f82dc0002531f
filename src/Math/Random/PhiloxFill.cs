using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Random;

/// <summary>
/// Many Philox blocks at once, laid out in groups of 8 blocks, 32 words: word w of the block numbered b stands at 32·⌊b/8⌋ + 8·w + b mod 8.
/// So the widest vector stores whole registers, and every width gives the same words in the same places.
/// </summary>
internal static unsafe class PhiloxFill
{
    /// <summary>Words in a group.</summary>
    public const int GroupWords = 32;

    /// <summary>Blocks in a group.</summary>
    public const int GroupBlocks = 8;

    /// <summary>Fills <paramref name="destination"/>.</summary>
    /// <param name="set">The SIMD width.</param>
    /// <param name="counter">The counter of block 0; the next ones differ in word 0 alone, by their number.</param>
    /// <param name="key">The Philox key.</param>
    /// <param name="destination">A whole number of groups.</param>
    public static void Fill(InstructionSet set, PhiloxBlock counter, ulong key, Span<uint> destination)
    {
        Check.That(destination.Length % GroupWords == 0);
        switch (set)
        {
            case InstructionSet.Vector512:
                Fill<WideLanes512, Vector512<ulong>>(counter, key, destination);
                break;
            case InstructionSet.Vector256:
                Fill<WideLanes256, Vector256<ulong>>(counter, key, destination);
                break;
            case InstructionSet.Vector128:
                Fill<WideLanes128, Vector128<ulong>>(counter, key, destination);
                break;
            default:
                Fill<WideLanesScalar, ulong>(counter, key, destination);
                break;
        }
    }

    private static void Fill<S, W>(PhiloxBlock counter, ulong key, Span<uint> destination)
        where S : struct, IWideLanes<W>
        where W : struct
    {
        fixed (uint* words = destination)
        {
            for (int group = 0; group < destination.Length / GroupWords; group++)
            {
                for (int block = 0; block < GroupBlocks; block += S.Width)
                {
                    W first = S.Sequence(counter.W0 + (uint)((group * GroupBlocks) + block));
                    Blocks<S, W>(first, counter, key, words + (group * GroupWords) + block);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Blocks<S, W>(W c0, PhiloxBlock counter, ulong key, uint* words)
        where S : struct, IWideLanes<W>
        where W : struct
    {
        W c1 = S.Broadcast(counter.W1);
        W c2 = S.Broadcast(counter.W2);
        W c3 = S.Broadcast(counter.W3);
        W multiplier0 = S.Broadcast(Philox.Multiplier0);
        W multiplier1 = S.Broadcast(Philox.Multiplier1);
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            W p0 = S.Multiply(c0, multiplier0);
            W p1 = S.Multiply(c2, multiplier1);
            c0 = S.Xor(S.Xor(S.High(p1), c1), S.Broadcast(k0));
            c2 = S.Xor(S.Xor(S.High(p0), c3), S.Broadcast(k1));
            c1 = p1;
            c3 = p0;
            k0 += Philox.Weyl0;
            k1 += Philox.Weyl1;
        }

        S.StoreLow(words, c0);
        S.StoreLow(words + GroupBlocks, c1);
        S.StoreLow(words + (2 * GroupBlocks), c2);
        S.StoreLow(words + (3 * GroupBlocks), c3);
    }
}
