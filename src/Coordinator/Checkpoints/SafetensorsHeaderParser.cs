using System.Text.Json;
using Distributed.Protocol;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>
/// Reads the JSON header of a safetensors file as something an enemy may have written. Format: the README of
/// github.com/huggingface/safetensors.
/// Whatever is not exactly as the format says throws <see cref="InputException"/>.
/// </summary>
internal static class SafetensorsHeaderParser
{
    /// <param name="json">The header, trailing spaces included.</param>
    /// <param name="dataBytes">Bytes in the file after the header.</param>
    /// <param name="file">The file's name, for messages.</param>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataBytes, string file)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = SafetensorsLimits.JsonDepthMax });
        try
        {
            SafetensorsEntry[] entries = Parse(ref reader, out Dictionary<string, string> metadata);
            long dataStart = SafetensorsLimits.PrefixBytes + json.Length;
            return new SafetensorsHeader(SafetensorsCoverage.Check(entries, dataStart, dataBytes), metadata);
        }
        catch (SafetensorsFormatException exception)
        {
            throw exception.From(SafetensorsLimits.PrefixBytes + reader.TokenStartIndex).In(file);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException: a string that is not valid UTF-8, or half a surrogate pair.
            throw new SafetensorsFormatException(
                $"its header is not valid JSON: {exception.Message.TrimEnd('.')}", SafetensorsLimits.PrefixBytes + reader.BytesConsumed).In(file);
        }
    }

    private static SafetensorsEntry[] Parse(ref Utf8JsonReader reader, out Dictionary<string, string> metadata)
    {
        Expect(ref reader, JsonTokenType.StartObject, "the header");
        var entries = new Dictionary<string, SafetensorsEntry>();
        Dictionary<string, string>? read = null;
        while (NextProperty(ref reader, out string name))
        {
            if (name == "__metadata__")
            {
                Require(read is null, "its header has __metadata__ twice");
                read = ReadMetadata(ref reader);
                continue;
            }

            Require(entries.Count < SafetensorsLimits.TensorsMax, $"it has more than {SafetensorsLimits.TensorsMax} tensors");
            Require(entries.TryAdd(name, ReadEntry(ref reader, name)), $"it has two tensors named '{name}'");
        }

        Require(!reader.Read(), "its header goes on after the closing brace");
        metadata = read ?? [];
        return [.. entries.Values];
    }

    private static Dictionary<string, string> ReadMetadata(ref Utf8JsonReader reader)
    {
        var metadata = new Dictionary<string, string>();
        Expect(ref reader, JsonTokenType.StartObject, "__metadata__");
        while (NextProperty(ref reader, out string key))
        {
            Expect(ref reader, JsonTokenType.String, $"__metadata__ '{key}'");
            Require(metadata.TryAdd(key, reader.GetString()!), $"its __metadata__ has '{key}' twice");
        }

        return metadata;
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? dtype = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Expect(ref reader, JsonTokenType.StartObject, $"tensor '{name}'");
        while (NextProperty(ref reader, out string key))
        {
            switch (key)
            {
                case "dtype" when dtype is null:
                    Expect(ref reader, JsonTokenType.String, $"dtype of '{name}'");
                    dtype = reader.GetString()!;
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, $"shape of '{name}'", SafetensorsLimits.DimensionsMax);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, $"data_offsets of '{name}'", 2);
                    break;
                default:
                    throw new SafetensorsFormatException(
                        $"tensor '{name}' has '{key}' twice or unexpectedly (dtype, shape and data_offsets are allowed)");
            }
        }

        Require(dtype is not null, $"tensor '{name}' has no dtype");
        Require(shape is not null, $"tensor '{name}' has no shape");
        Require(offsets is { Count: 2 }, $"tensor '{name}' has no pair of data_offsets");
        return new SafetensorsEntry(name, dtype!, shape!, offsets![0], offsets[1]);
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, string what, int countMax)
    {
        Expect(ref reader, JsonTokenType.StartArray, what);
        var numbers = new List<long>(2);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Require(numbers.Count < countMax, $"{what} has more than {countMax} numbers");
            bool isNumber = reader.TokenType == JsonTokenType.Number;
            long value = 0;
            Require(isNumber && reader.TryGetInt64(out value) && value >= 0, $"{what} holds something other than whole numbers from 0 up");
            numbers.Add(value);
        }

        return numbers;
    }

    private static bool NextProperty(ref Utf8JsonReader reader, out string name)
    {
        Require(reader.Read(), "its header ends too early");
        name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString()! : "";
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what) =>
        Require(reader.Read() && reader.TokenType == type, $"{what} is not what the format asks for ({type})");

    private static void Require(bool condition, string text)
    {
        if (!condition)
        {
            throw new SafetensorsFormatException(text);
        }
    }
}
