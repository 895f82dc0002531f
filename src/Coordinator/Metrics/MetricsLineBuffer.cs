using System.Buffers;
using System.Text.Json;

namespace Distributed.Coordinator.Metrics;

/// <summary>Memory for one line of metrics.jsonl after the other. One caller at a time.</summary>
internal sealed class MetricsLineBuffer
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Utf8JsonWriter _json;

    internal MetricsLineBuffer() => _json = new Utf8JsonWriter(_bytes, MetricsJson.WriterOptions);

    /// <summary>The line in UTF-8, its newline included; lent until the next one.</summary>
    internal ReadOnlySpan<byte> Write(MetricsRecord record)
    {
        _bytes.ResetWrittenCount();
        _json.Reset();
        MetricsJson.Write(_json, record);
        _json.Flush();
        _bytes.Write("\n"u8);
        return _bytes.WrittenSpan;
    }
}
