using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Distributed.Coordinator.Metrics;

/// <summary>
/// A metrics record as one line of JSON. Numbers read back to the same bits; JSON has no number for NaN and the infinities, which stand as
/// the strings
/// "NaN", "Infinity" and "-Infinity".
/// </summary>
public static class MetricsJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        AllowOutOfOrderMetadataProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The line in UTF-8, its newline included.</summary>
    public static byte[] ToLine(MetricsRecord record)
    {
        var line = new MetricsLineBuffer();
        return line.Write(record).ToArray();
    }

    /// <summary>The record without a newline.</summary>
    internal static void Write(Utf8JsonWriter writer, MetricsRecord record) => JsonSerializer.Serialize(writer, record, Options);

    /// <summary>How records are written.</summary>
    internal static JsonWriterOptions WriterOptions { get; } = new() { Encoder = Options.Encoder, SkipValidation = true };

    /// <summary>The record as an element of another document.</summary>
    public static JsonElement ToElement(MetricsRecord record) => JsonSerializer.SerializeToElement(record, Options);

    /// <summary>The record on a line; false when the line is not one of ours, for example because it is torn.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out MetricsRecord? record)
    {
        try
        {
            record = JsonSerializer.Deserialize<MetricsRecord>(line, Options);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            // NotSupportedException: a "type" is missing altogether.
            record = null;
        }

        return record is not null;
    }
}
