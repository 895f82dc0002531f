using System.Text.Encodings.Web;
using System.Text.Json;

namespace Distributed.Coordinator.Commands;

/// <summary>How JSON is written to standard output.</summary>
public static class JsonText
{
    public static JsonSerializerOptions Indented { get; } =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON has no NaN and no infinity: they become null.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>Likewise, with no more digits than a float has.</summary>
    public static float? Finite(float value) => float.IsFinite(value) ? value : null;
}
