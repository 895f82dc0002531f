using System.Buffers;
using Distributed.Numerics.Ranges;

namespace Distributed.Coordinator.Training;

/// <summary>A pass over the sum of a step's gradient: each block is added and used while it is in the first cache.</summary>
internal abstract class GradientPass : IRangePass
{
    private protected abstract GradientSum Gradient { get; }

    /// <inheritdoc/>
    public void Run(int start, int count)
    {
        GradientSum gradient = Gradient;
        const int block = GradientSum.BlockElements;
        float[] scratch = ArrayPool<float>.Shared.Rent(gradient.ScratchBlocks * block);
        for (int end = start + count; start < end; start += block)
        {
            Take(gradient.Of(start, Math.Min(block, end - start), scratch), start);
        }

        ArrayPool<float>.Shared.Return(scratch);
    }

    /// <summary>Uses the sum of the parameters from <paramref name="start"/> on. Other threads take others at the same time.</summary>
    private protected abstract void Take(ReadOnlySpan<float> sum, int start);
}
