using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>
/// A <see cref="TrainingCheckpoint"/> as one sealed safetensors file: weights and moments as tensors, all else as metadata.
/// </summary>
public static class CheckpointFile
{
    /// <summary>The metadata's kind, by which a checkpoint is told from a model.</summary>
    internal const string Kind = "distributed-checkpoint";

    /// <summary>Raised when an older program could misread what is written.</summary>
    internal const int FormatVersion = 1;

    /// <summary>Writes the checkpoint under a temporary name, syncs and renames it.</summary>
    /// <param name="verify">Read the file back before it gets its name.</param>
    /// <returns>Bytes written.</returns>
    public static long Write(IRunStore store, string path, TrainingCheckpoint checkpoint, bool verify = false)
    {
        SafetensorsBuilder builder = CheckpointEncoding.Encode(checkpoint);
        AtomicFile.Write(store, path, builder.WriteTo, verify ? temporary => Verify(store, temporary) : null);
        return builder.FileBytes;
    }

    /// <summary>
    /// Reads a checkpoint. One that is torn, rotten, of another kind or without a part throws <see cref="InputException"/> that says what.
    /// </summary>
    public static TrainingCheckpoint Read(IRunStore store, string path) => CheckpointDecoding.Decode(SafetensorsReader.Read(store, path));

    private static void Verify(IRunStore store, string temporary)
    {
        try
        {
            _ = Read(store, temporary);
        }
        catch (InputException exception)
        {
            throw new IOException($"The disk did not keep what was written. {exception.Message}", exception);
        }
    }
}
