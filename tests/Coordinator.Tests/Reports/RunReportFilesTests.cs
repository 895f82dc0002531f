using System.Text;
using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Reports;
using Distributed.Coordinator.Tests.Storage;

namespace Distributed.Coordinator.Tests.Reports;

public sealed class RunReportFilesTests
{
    private readonly MemoryRunStore store = new();
    private readonly List<string> told = [];

    [Fact]
    public void Writes_both_files()
    {
        RunReport report = SampleReport.Make();
        Assert.True(new RunReportFiles(store, told.Add).Write(report));
        Assert.Equal(["curves.svg", "report.html"], store.List(""));
        Assert.Equal(RunReportPage.Render(report), Encoding.UTF8.GetString(store.Read(RunReportPage.FileName)));
        Assert.Equal(Curves.RenderFile([.. report.History.Epochs]), Encoding.UTF8.GetString(store.Read(Curves.FileName)));
        Assert.Empty(told);
    }

    [Fact]
    public void A_full_disk_is_told_and_the_other_file_is_still_tried()
    {
        RunReport report = SampleReport.Make();
        store.Capacity = Curves.RenderFile([.. report.History.Epochs]).Length + 100;
        Assert.False(new RunReportFiles(store, told.Add).Write(report));
        Assert.Equal(["curves.svg"], store.List(""));
        Assert.Contains("'memory:report.html' could not be written", Assert.Single(told), StringComparison.Ordinal);
    }
}
