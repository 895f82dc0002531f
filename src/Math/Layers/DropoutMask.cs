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

    /// <summary>Random words that cover <paramref name="units"/>: whole groups.</summary>
    public static int Words(int units) => (units + PhiloxFill.GroupWords - 1) / PhiloxFill.GroupWords * PhiloxFill.GroupWords;

    /// <summary>The random words of one sample, in <see cref="PhiloxFill"/>'s order, the first being the first unit's.</summary>
    /// <param name="set">The SIMD width.</param>
    /// <param name="position">The sample's in the minibatch, from 0.</param>
    /// <param name="firstUnit">The unit of the first word; starts a group.</param>
    /// <param name="words">Whole groups.</param>
    public void Fill(InstructionSet set, int position, int firstUnit, Span<uint> words)
    {
        Check.That(firstUnit % PhiloxFill.GroupWords == 0);
        Check.That(Probability is >= 0f and < 1f);
        Check.That(position >= 0);
        Check.That(Layer is >= 0 and < LayersMax);
        uint purpose = ((uint)RandomPurpose.Dropout << 24) | (uint)Layer;
        uint firstBlock = (uint)(firstUnit / PhiloxFill.GroupWords * PhiloxFill.GroupBlocks);
        PhiloxFill.Fill(set, new PhiloxBlock(firstBlock, (uint)position, (uint)Step, purpose), Seed, words);
    }
}
