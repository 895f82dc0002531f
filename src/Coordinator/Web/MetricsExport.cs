using Distributed.Numerics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Distributed.Coordinator.Web;

/// <summary>
/// Sends <see cref="RunMeters"/> over OTLP, on a thread of its own. Where to, how often, with which headers and under which name is up to OpenTelemetry's
/// own variables.
/// </summary>
public sealed class MetricsExport : IDisposable
{
    /// <summary>What is left when a run ends is sent; a collector that does not answer may hold its end up for so long.</summary>
    private const int FlushMillisecondsMax = 2000;

    private readonly MeterProvider _provider;
    private readonly ExportFaults _faults;

    private MetricsExport(MeterProvider provider, ExportFaults faults)
    {
        _provider = provider;
        _faults = faults;
    }

    /// <summary>True when the environment asks for it, by the variables that every OpenTelemetry program knows.</summary>
    /// <param name="variable">An environment variable's value, or null.</param>
    public static bool IsWanted(Func<string, string?> variable)
    {
        bool isOff = string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        string exporters = variable("OTEL_METRICS_EXPORTER") ?? "";
        bool hasEndPoint = !string.IsNullOrEmpty(variable("OTEL_EXPORTER_OTLP_ENDPOINT"))
            || !string.IsNullOrEmpty(variable("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"));
        bool isNamed = exporters.Split(',', StringSplitOptions.TrimEntries).Contains("otlp");
        return !isOff && (isNamed || (exporters.Length == 0 && hasEndPoint));
    }

    /// <summary>Starts sending.</summary>
    /// <param name="identity">Which run it is.</param>
    /// <param name="report">Told once, in a sentence, when the collector cannot be reached.</param>
    public static MetricsExport Start(ExportIdentity identity, Action<string> report)
    {
        var faults = new ExportFaults(report);
        MeterProvider? provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => identity.Describe(resource))
            .AddMeter(RunMeters.MeterName)
            .AddOtlpExporter()
            .Build();
        Check.That(provider is not null);
        return new MetricsExport(provider, faults);
    }

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _provider.Shutdown(FlushMillisecondsMax);
        _provider.Dispose();
        _faults.Dispose();
    }
}
