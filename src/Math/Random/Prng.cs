using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Random;

/// <summary>
/// A sequence of random numbers, named by (seed, purpose, index): the same on every machine and every run. Our own, since
/// <c>System.Random</c> promises no sequence and holds hidden state.
/// The Philox counter is [block low, block high, index, purpose·2²⁴].
/// </summary>
public sealed class Prng
{
    private readonly ulong _seed;
    private readonly uint _index;
    private readonly uint _purpose;
    private ulong _next;
    private PhiloxBlock _block;
    private int _used = 4;

    private Prng(ulong seed, RandomPurpose purpose, int index)
    {
        Check.That(index >= 0);
        _seed = seed;
        _index = (uint)index;
        _purpose = (uint)purpose << 24;
    }

    /// <summary>The stream that shuffles <paramref name="epoch"/>.</summary>
    public static Prng ForPermutation(ulong seed, int epoch) => new(seed, RandomPurpose.Permutation, epoch);

    /// <summary>The stream that fills the tensor at position <paramref name="tensor"/> of the layout.</summary>
    public static Prng ForInitialization(ulong seed, int tensor) => new(seed, RandomPurpose.Initialization, tensor);

    /// <summary>The stream that draws the validation split.</summary>
    public static Prng ForSplit(ulong seed) => new(seed, RandomPurpose.Split, 0);

    /// <summary>The stream that draws the trials of a tuning.</summary>
    public static Prng ForTuning(ulong seed) => new(seed, RandomPurpose.Tuning, 0);

    /// <summary>A stream for what may not influence a result.</summary>
    public static Prng ForAuxiliary(ulong seed, int index) => new(seed, RandomPurpose.Auxiliary, index);

    /// <summary>32 uniform bits.</summary>
    public uint NextUInt32()
    {
        if (_used == 4)
        {
            _block = Philox.Block(new PhiloxBlock((uint)_next, (uint)(_next >> 32), _index, _purpose), _seed);
            _next++;
            _used = 0;
        }

        return _used++ switch { 0 => _block.W0, 1 => _block.W1, 2 => _block.W2, _ => _block.W3 };
    }

    /// <summary>64 uniform bits, the first word drawn being the low one.</summary>
    public ulong NextUInt64()
    {
        ulong low = NextUInt32();
        return low | ((ulong)NextUInt32() << 32);
    }

    /// <summary>
    /// Uniform in [0, <paramref name="bound"/>), without bias: Lemire, "Fast random integer generation in an interval" (2019): the high
    /// word of a 32×32-bit product, drawn again in the few cases whose low word would favour some results.
    /// </summary>
    /// <param name="bound">At least 1.</param>
    public int NextInt32(int bound)
    {
        Check.That(bound >= 1);
        ulong product = (ulong)NextUInt32() * (uint)bound;
        if ((uint)product < (uint)bound)
        {
            uint rejected = (uint)(-bound) % (uint)bound;
            while ((uint)product < rejected)
            {
                product = (ulong)NextUInt32() * (uint)bound;
            }
        }

        int result = (int)(product >> 32);
        Check.That(result < bound);
        return result;
    }

    /// <summary>Uniform in [0, 1): a multiple of 2⁻²⁴, exact.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / 16777216f);

    /// <summary>Uniform in [0, 1): a multiple of 2⁻⁵³, exact.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / 9007199254740992.0);

    /// <summary>
    /// Normal with mean 0 and standard deviation 1: Marsaglia's polar method with our own logarithm; the second number of each pair is not
    /// kept.
    /// </summary>
    public float NextNormal()
    {
        while (true)
        {
            // Odd multiples of 2⁻²⁴ in (-1, 1): symmetric and never 0.
            float u = Symmetric(NextUInt32());
            float v = Symmetric(NextUInt32());
            float square = MathF.FusedMultiplyAdd(u, u, v * v);
            if (square < 1f)
            {
                return u * MathF.Sqrt(-2f * Log.Of(square) / square);
            }
        }
    }

    private static float Symmetric(uint bits) => (((int)(bits >> 8) * 2) - 16777215) * (1f / 16777216f);
}
