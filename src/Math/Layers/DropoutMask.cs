using Distributed.Numerics.Kernels;
using Distributed.Numerics.Random;

namespace Distributed.Numerics.Layers;

/// <summary>
/// The dropout mask of one layer in one step. The Philox counter is [unit group, sample position, step, layer + purpose·2²⁴], the key the
/// seed.
/// </summary>
/// <param name="Seed">The recipe's seed.</param>
/// <param name="Step">Optimizer steps before this one, over the whole run.</param>
/// <param name="Layer">0 for the first hidden layer.</param>
/// <param name="Probability">That a unit is dropped, in [0, 1).</param>
internal readonly record struct DropoutMask(ulong Seed, int Step, int Layer, float Probability)
{
    /// <summary>A draw is the upper 24 bits of a word, as a signed integer: exact as a float.</summary>
    public const int UnusedBits = 8;

    private const int LayersMax = 1 << 24;

    /// <summary>Draws, uniform over the integers in [-2²³, 2²³), below this drop the unit.</summary>
    public float Cutoff => (Probability * 16777216f) - 8388608f;

    /// <summary>
    /// The random words of the sample at <paramref name="position"/>, in <see cref="PhiloxFill"/>'s order, word u for unit u.
    /// </summary>
    public void Fill(InstructionSet set, int position, Span<uint> words)
    {
        Check.That(Probability is >= 0f and < 1f);
        Check.That(position >= 0);
        Check.That(Layer is >= 0 and < LayersMax);
        uint purpose = ((uint)RandomPurpose.Dropout << 24) | (uint)Layer;
        PhiloxFill.Fill(set, new PhiloxBlock(0, (uint)position, (uint)Step, purpose), Seed, words);
    }
}
