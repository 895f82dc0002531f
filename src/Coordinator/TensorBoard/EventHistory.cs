using Distributed.Coordinator.Storage;
using Distributed.Coordinator.TensorBoard.Messages;

namespace Distributed.Coordinator.TensorBoard;

/// <summary>What the event files of a run hold already.</summary>
internal static class EventHistory
{
    /// <summary>
    /// Takes the event files back to where a checkpoint stands: each is cut at its first event of a later step and at the first that a
    /// crash left torn. A reader that looks at the files anew, whatever it makes of restarts, then sees every step once.
    /// </summary>
    /// <param name="store">The run's folder.</param>
    /// <param name="folder">Where the event files are in it.</param>
    /// <param name="step">Updates done at the checkpoint.</param>
    /// <returns>The last step of every series that is left, by tag.</returns>
    public static Dictionary<string, long> Rewind(IRunStore store, string folder, int step)
    {
        var lastSteps = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string path in EventFileName.List(store, folder))
        {
            long keep = Read(store, path, step, lastSteps);

            // Also where nothing is to be cut: opening takes the file from a coordinator that may still append to it.
            using IStoreFile file = store.OpenAppend(path);
            if (keep < file.Length)
            {
                file.Truncate(keep);
                file.Sync();
            }
        }

        return lastSteps;
    }

    /// <summary>The bytes of <paramref name="path"/> up to the end of its last event to keep.</summary>
    private static long Read(IRunStore store, string path, int step, Dictionary<string, long> lastSteps)
    {
        using Stream file = store.OpenRead(path);
        using var stream = new BufferedStream(file);
        long keep = 0;
        while (EventRecord.TryRead(stream) is Event message && message.Step <= step)
        {
            keep = stream.Position;
            foreach (Summary.Types.Value value in message.Summary?.Value ?? [])
            {
                lastSteps[value.Tag] = message.Step;
            }
        }

        return keep;
    }
}
