using Distributed.Coordinator.TensorBoard;
using Distributed.Coordinator.TensorBoard.Messages;
using Distributed.Coordinator.Tests.Storage;

namespace Distributed.Coordinator.Tests.TensorBoard;

/// <summary>
/// Reads event files as a reader does that knows nothing of restarts: every event of every file, in the order of the names.
/// </summary>
internal static class SampleReader
{
    public static List<Event> Events(MemoryRunStore store) =>
        [.. EventFileName.List(store, "").SelectMany(path => Events(store.Read(path)))];

    public static IEnumerable<Event> Events(byte[] file)
    {
        using var stream = new MemoryStream(file);
        while (EventRecord.TryRead(stream) is Event message)
        {
            yield return message;
        }

        Assert.Equal(file.Length, stream.Position);
    }

    /// <summary>(step, value) of each scalar series.</summary>
    public static Dictionary<string, List<(long Step, float Value)>> Scalars(IEnumerable<Event> events)
    {
        var series = new Dictionary<string, List<(long, float)>>();
        foreach (Event message in events)
        {
            foreach (Summary.Types.Value value in message.Summary?.Value ?? [])
            {
                series.TryAdd(value.Tag, []);
                series[value.Tag].Add((message.Step, value.SimpleValue));
            }
        }

        return series;
    }
}
