using Distributed.Coordinator.Reports;

namespace Distributed.Coordinator.Tests.Reports;

public sealed class ReportTextTests
{
    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(2.44, "2.4 s")]
    [InlineData(59.4, "59.4 s")]
    [InlineData(60, "1 min 00 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3900, "1 h 05 min")]
    [InlineData(360_000, "100 h 00 min")]
    [InlineData(double.NaN, "–")]
    public void Durations(double seconds, string text) => Assert.Equal(text, ReportText.Duration(seconds));
}
