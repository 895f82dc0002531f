using System.Text;
using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;

namespace Distributed.Coordinator.Reports;

/// <summary>Writes what people open after a run. A disk's fault is told, not thrown: the weights matter more.</summary>
/// <param name="store">The run's folder.</param>
/// <param name="tell">Receives a sentence for each file that could not be written.</param>
public sealed class RunReportFiles(IRunStore store, Action<string> tell)
{
    /// <summary>Replaces curves.svg; may be called after every epoch. False when it could not be written.</summary>
    public bool WriteCurves(IReadOnlyList<EpochMetrics> epochs) => Write(Curves.FileName, Curves.RenderFile(epochs));

    /// <summary>Replaces curves.svg and report.html. False when one of them could not be written.</summary>
    public bool Write(RunReport report)
    {
        bool curves = WriteCurves([.. report.History.Epochs]);
        return Write(RunReportPage.FileName, RunReportPage.Render(report)) && curves;
    }

    private bool Write(string path, string content)
    {
        try
        {
            AtomicFile.Write(store, path, Encoding.UTF8.GetBytes(content));
            return true;
        }
        catch (Exception exception) when (StoreFault.Is(exception))
        {
            tell($"'{store.Locate(path)}' could not be written: {exception.Message} The run's metrics hold the same numbers.");
            return false;
        }
    }
}
