using Distributed.Coordinator.Storage;
using Distributed.Coordinator.TensorBoard.Messages;
using Distributed.Numerics;
using Distributed.Numerics.Models;

namespace Distributed.Coordinator.TensorBoard;

/// <summary>
/// Writes a run's scalars and histograms as an event file that TensorBoard shows while the run goes on. A series never goes backwards and
/// never has a step twice, after a resume included. A disk's fault is told to the caller's report and survived. May be called from several
/// threads.
/// </summary>
public sealed class TensorBoardWriter : IDisposable
{
    /// <summary>The version of the event format whose readers know restarts by SessionLog.START.</summary>
    private const string FileVersion = "brain.Event:2";

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly RetryingFile _file;
    private readonly Dictionary<string, long> _lastSteps;

    private TensorBoardWriter(TimeProvider time, RetryingFile file, Dictionary<string, long> lastSteps)
    {
        _time = time;
        _file = file;
        _lastSteps = lastSteps;
    }

    /// <summary>Times the disk began to fail. Above 0 the run's exit code is not 0.</summary>
    public int Failures => _file.Failures;

    /// <summary>True when this program has written event files for the run before.</summary>
    /// <param name="store">The run's folder.</param>
    /// <param name="folder">As in <see cref="Start"/>.</param>
    public static bool Exists(IRunStore store, string folder = "") => EventFileName.List(store, folder).Count > 0;

    /// <summary>Begins the event file of a new run.</summary>
    /// <param name="store">The run's folder.</param>
    /// <param name="time">For the wall time of events.</param>
    /// <param name="report">Receives sentences about a disk that fails or works again.</param>
    /// <param name="folder">Where in the run's folder; "" is the folder itself, which TensorBoard then shows under the run's name.</param>
    public static TensorBoardWriter Start(IRunStore store, TimeProvider time, Action<string> report, string folder = "") =>
        Open(store, time, report, folder, [], firstStep: 0);

    /// <summary>
    /// Begins the next event file of a run that goes on from a checkpoint. What earlier files hold of later steps is cut off, and a
    /// TensorBoard that has read it already is told that it no longer counts. Throws IOException or UnauthorizedAccessException when the
    /// earlier files cannot be read or cut.
    /// </summary>
    /// <param name="store">The run's folder.</param>
    /// <param name="time">For the wall time of events.</param>
    /// <param name="report">Receives sentences about a disk that fails or works again.</param>
    /// <param name="step">Updates done at the checkpoint.</param>
    /// <param name="folder">As in <see cref="Start"/>.</param>
    public static TensorBoardWriter Resume(IRunStore store, TimeProvider time, Action<string> report, int step, string folder = "") =>
        Open(store, time, report, folder, EventHistory.Rewind(store, folder, step), step + 1);

    /// <summary>Writes one point of each series. A series that has this step or a later one already is left as it is.</summary>
    /// <param name="step">Updates done.</param>
    /// <param name="scalars">A value per tag; TensorBoard groups tags by what stands before the slash.</param>
    public void WriteScalars(int step, params ReadOnlySpan<(string Tag, double Value)> scalars)
    {
        var summary = new Summary();
        lock (_gate)
        {
            foreach ((string tag, double value) in scalars)
            {
                if (TryAdvance(tag, step))
                {
                    summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = (float)value });
                }
            }

            Append(step, summary);
        }
    }

    /// <summary>
    /// Writes one histogram per tensor, tagged <paramref name="group"/>/W1, <paramref name="group"/>/b1 …; values that are not finite are
    /// left out.
    /// </summary>
    /// <param name="step">Updates done.</param>
    /// <param name="group">weights or gradients.</param>
    /// <param name="layout">Where each tensor lies in <paramref name="buffer"/>.</param>
    /// <param name="buffer">The flat buffer. It is read before the call returns.</param>
    public void WriteHistograms(int step, string group, ParameterLayout layout, ReadOnlySpan<float> buffer)
    {
        Check.That(buffer.Length == layout.Count);
        var summary = new Summary();
        lock (_gate)
        {
            foreach (ParameterTensor tensor in layout.Tensors)
            {
                string tag = $"{group}/{tensor.Name}";
                if (TryAdvance(tag, step) && WeightHistogram.Of(buffer.Slice(tensor.Offset, tensor.Count)) is HistogramProto histogram)
                {
                    summary.Value.Add(new Summary.Types.Value { Tag = tag, Histo = histogram });
                }
            }

            Append(step, summary);
        }
    }

    /// <summary>Tries once more to write what a failing disk left waiting, and closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _file.Dispose();
        }
    }

    private static TensorBoardWriter Open(
        IRunStore store, TimeProvider time, Action<string> report, string folder, Dictionary<string, long> lastSteps, int firstStep)
    {
        string path = EventFileName.Next(store, folder, time.GetUtcNow().ToUnixTimeSeconds());
        var writer = new TensorBoardWriter(time, new RetryingFile(store, path, "TensorBoard events", report), lastSteps);
        writer.Append(new Event { FileVersion = FileVersion });
        writer.Append(new Event { Step = firstStep, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } });
        return writer;
    }

    /// <summary>False when the series has this step or a later one already.</summary>
    private bool TryAdvance(string tag, int step)
    {
        bool isNext = !_lastSteps.TryGetValue(tag, out long last) || last < step;
        _lastSteps[tag] = Math.Max(last, step);
        return isNext;
    }

    private void Append(int step, Summary summary)
    {
        if (summary.Value.Count > 0)
        {
            Append(new Event { Step = step, Summary = summary });
        }
    }

    private void Append(Event message)
    {
        message.WallTime = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        byte[] record = EventRecord.Encode(message);
        if (_file.HasRoomFor(record.Length))
        {
            _file.Add(record);
        }

        _file.Flush();
    }
}
