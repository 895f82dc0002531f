using System.Diagnostics.Tracing;

namespace Distributed.Coordinator.Web;

/// <summary>Hears what OpenTelemetry's exporter complains of, which it tells nobody else, and reports the first complaint.</summary>
internal sealed class ExportFaults : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    private readonly Action<string> _report;
    private int _complaints;

    /// <param name="report">Receives a sentence, on the exporter's thread.</param>
    internal ExportFaults(Action<string> report)
    {
        _report = report;

        // Sources that existed already were announced before there was anybody to report to.
        foreach (EventSource source in EventSource.GetSources())
        {
            Listen(source);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource) => Listen(eventSource);

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_report is null || Interlocked.Increment(ref _complaints) > 1)
        {
            return;
        }

        object?[] values = [.. eventData.Payload ?? Enumerable.Empty<object?>()];
        string text = eventData.Message is null ? eventData.EventName ?? "" : string.Format(eventData.Message, values);
        string first = text.Split('\n')[0].Trim();
        _report($"metrics cannot be sent to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names: {first} Training goes on; this is said once.");
    }

    private void Listen(EventSource source)
    {
        if (source.Name == Exporter)
        {
            EnableEvents(source, EventLevel.Warning);
        }
    }
}
