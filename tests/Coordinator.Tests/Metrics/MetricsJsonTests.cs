using System.Text;
using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Tests.Metrics;

public sealed class MetricsJsonTests
{
    [Fact]
    public void An_epoch_has_exactly_the_documented_fields()
    {
        EpochMetrics full = SampleMetrics.Epoch(1, 1875) with { ValidationLoss = 0.5, ValidationAccuracy = 0.25, TestLoss = 0.125, TestAccuracy = 0.75 };
        const string line =
            """{"type":"epoch","epoch":1,"step":1875,"train_loss":0.30000000000000004,"train_accuracy":0.9393,"""
            + """
              "validation_loss":0.5,"validation_accuracy":0.25,"test_loss":0.125,"test_accuracy":0.75,
              """
            + """
              "learning_rate":0.05,"seconds":2.5,"samples_per_second":130000,"workers":4}
              """;
        Assert.Equal(line + "\n", Text(full));
    }

    [Fact]
    public void Absent_values_are_left_out()
    {
        string line = Text(SampleMetrics.Epoch(1, 1875));
        Assert.DoesNotContain("validation", line, StringComparison.Ordinal);
        Assert.DoesNotContain("null", line, StringComparison.Ordinal);
        Assert.DoesNotContain("worker\"", Text(SampleMetrics.Event(1) with { Worker = null }), StringComparison.Ordinal);
    }

    [Fact]
    public void Accuracies_by_class_end_the_line_and_come_back_to_the_bit()
    {
        EpochMetrics written = SampleMetrics.Epoch(1, 1875) with { ValidationClassAccuracy = [0.5, null], TestClassAccuracy = [1.0 / 3, 1] };
        string line = Text(written);
        Assert.EndsWith(
            "\"workers\":4,\"validation_class_accuracy\":[0.5,null],\"test_class_accuracy\":[0.3333333333333333,1]}\n", line, StringComparison.Ordinal);
        Assert.True(MetricsJson.TryParse(MetricsJson.ToLine(written), out MetricsRecord? read));
        Assert.Equal(written.ValidationClassAccuracy, ((EpochMetrics)read!).ValidationClassAccuracy);
        Assert.Equal(written.TestClassAccuracy, ((EpochMetrics)read).TestClassAccuracy);
    }

    [Fact]
    public void Steps_and_events_carry_their_type_first_and_stay_on_one_line()
    {
        Assert.StartsWith("{\"type\":\"step\",\"epoch\":1,\"step\":7,\"train_loss\":", Text(SampleMetrics.Step(7)), StringComparison.Ordinal);
        string line = Text(SampleMetrics.Event(9) with { Text = "two\nlines" });
        const string happened = """{"type":"event","step":9,"seconds":1,"event":"worker_lost","worker":"worker-3","text":"two\nlines"}""";
        Assert.Equal(happened + "\n", line);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    [InlineData(-0.0, "-0")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.Epsilon, "5E-324")]
    public void Every_double_comes_back_to_the_bit(double value, string text)
    {
        StepMetrics written = SampleMetrics.Step(1) with { TrainLoss = value };
        Assert.Contains($"\"train_loss\":{text},", Text(written), StringComparison.Ordinal);
        Assert.True(MetricsJson.TryParse(MetricsJson.ToLine(written), out MetricsRecord? read));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(((StepMetrics)read!).TrainLoss));
    }

    [Fact]
    public void Every_record_comes_back()
    {
        foreach (MetricsRecord record in new MetricsRecord[] { SampleMetrics.Epoch(3, 9), SampleMetrics.Step(5), SampleMetrics.Event(2) })
        {
            Assert.True(MetricsJson.TryParse(MetricsJson.ToLine(record), out MetricsRecord? read));
            Assert.Equal(record, read);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"epoch":1,"step":2}""")]
    [InlineData("""{"type":"tomorrow","step":2}""")]
    [InlineData("""{"type":"epoch","epoch":1,"step":1875,"train_loss":0.3""")]
    [InlineData("""{"type":"epoch","epoch":1,"step":1875,"train_loss":0.3}""")]
    public void What_is_no_record_is_refused(string line) => Assert.False(MetricsJson.TryParse(Encoding.UTF8.GetBytes(line), out _));

    private static string Text(MetricsRecord record) => Encoding.UTF8.GetString(MetricsJson.ToLine(record));
}
