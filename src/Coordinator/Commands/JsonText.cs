using System.Text.Encodings.Web;
using System.Text.Json;

namespace Distributed.Coordinator.Commands;

/// <summary>How JSON is written to standard output.</summary>
public static class JsonText
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
