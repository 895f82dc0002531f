using Distributed.EndToEnd.Watching.Otlp;
using Google.Protobuf.Reflection;
using Attribute = Distributed.EndToEnd.Watching.Otlp.Attribute;

namespace Distributed.EndToEnd.Watching;

/// <summary>
/// The receiver's messages have the numbers and encodings that OTLP 1.x gives to these fields, so that what it understands any collector understands.
/// Checked against opentelemetry-proto as of August 2026.
/// </summary>
public sealed class OtlpFieldTests
{
    public static TheoryData<string, string> Messages => new()
    {
        { nameof(ExportRequest), "1 message*" },
        { nameof(ResourceMetrics), "1 message, 2 message*" },
        { nameof(Resource), "1 message*" },
        { nameof(ScopeMetrics), "1 message, 2 message*" },
        { nameof(Scope), "1 string, 2 string" },
        { nameof(Metric), "1 string, 2 string, 3 string, 5 message, 7 message" },
        { nameof(Gauge), "1 message*" },
        { nameof(Sum), "1 message*, 2 enum, 3 bool" },
        { nameof(Point), "2 fixed64, 3 fixed64, 4 double, 6 sfixed64, 7 message*" },
        { nameof(Attribute), "1 string, 2 message" },
        { nameof(Value), "1 string, 2 bool, 3 int64, 4 double" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void FieldsHaveTheProtocolsNumbersAndEncodings(string message, string fields)
    {
        MessageDescriptor descriptor = OtlpReflection.Descriptor.MessageTypes.Single(type => type.Name == message);
        IEnumerable<string> ours = descriptor.Fields.InFieldNumberOrder()
            .Select(field => $"{field.FieldNumber} {field.FieldType.ToString().ToLowerInvariant()}{(field.IsRepeated ? "*" : "")}");
        Assert.Equal(fields, string.Join(", ", ours));
    }

    [Fact]
    public void NoMessageIsLeftOut() =>
        Assert.Equal(OtlpReflection.Descriptor.MessageTypes.Select(type => type.Name).Order(), Messages.Select(row => row.Data.Item1).Order());

    [Fact]
    public void TemporalitiesHaveTheProtocolsNumbers() =>
        Assert.Equal((0, 1, 2), ((int)Temporality.Unspecified, (int)Temporality.Delta, (int)Temporality.Cumulative));
}
