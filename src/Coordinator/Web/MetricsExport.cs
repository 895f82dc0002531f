using Distributed.Numerics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Distributed.Coordinator.Web;

/// <summary>Sends <see cref="RunMeters"/> over OTLP. Where to, how often and with which headers is up to OpenTelemetry's own variables.</summary>
public static class MetricsExport
{
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

    /// <summary>Starts sending; disposing sends what is left.</summary>
    public static IDisposable Start()
    {
        MeterProvider? provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("coordinator"))
            .AddMeter(RunMeters.MeterName)
            .AddOtlpExporter()
            .Build();
        Check.That(provider is not null);
        return provider;
    }
}
