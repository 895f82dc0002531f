namespace Distributed.Coordinator.Checkpoints;

/// <summary>A reusable copy of a checkpoint's arrays: nothing is allocated once it has seen a checkpoint of the same size.</summary>
public sealed class CheckpointSnapshot
{
    private readonly List<float[]> buffers = [];

    /// <summary>The copy.</summary>
    public TrainingCheckpoint? Checkpoint { get; private set; }

    /// <summary>Copies <paramref name="source"/>, whose arrays may change afterwards.</summary>
    public void Capture(TrainingCheckpoint source)
    {
        float[] weights = Copy(source.Weights, slot: 0);
        var moments = new OptimizerMoment[source.Moments.Count];
        for (int index = 0; index < moments.Length; index++)
        {
            OptimizerMoment moment = source.Moments[index];
            moments[index] = moment with { Values = Copy(moment.Values, slot: index + 1) };
        }

        Checkpoint = source with { Weights = weights, Moments = moments };
    }

    private float[] Copy(float[] source, int slot)
    {
        if (slot == buffers.Count)
        {
            buffers.Add([]);
        }

        if (buffers[slot].Length != source.Length)
        {
            buffers[slot] = new float[source.Length];
        }

        source.CopyTo(buffers[slot], 0);
        return buffers[slot];
    }
}
