using System.Globalization;
using System.Numerics;
using Distributed.Numerics.Models;
using Distributed.Protocol;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>
/// The metadata of a safetensors file as typed values. A missing or malformed one throws <see cref="InputException"/> that names it.
/// </summary>
internal sealed class MetadataReader(SafetensorsFile file)
{
    public string Text(string key)
    {
        if (!file.Metadata.TryGetValue(key, out string? value))
        {
            throw new SafetensorsFormatException($"a part is missing: its metadata has no '{key}'").In(file.Name);
        }

        return value;
    }

    public void Expect(string key, string value)
    {
        string found = Text(key);
        if (found != value)
        {
            throw new SafetensorsFormatException($"its '{key}' is '{found}', and '{value}' is needed").In(file.Name);
        }
    }

    /// <summary>A number as <see cref="MetadataText"/> writes it, at least <paramref name="least"/>.</summary>
    public T Number<T>(string key, T least)
        where T : INumber<T>
    {
        T number = Number<T>(key, Text(key));
        if (number < least)
        {
            throw new SafetensorsFormatException($"its '{key}' is {number}, and {least} is the least").In(file.Name);
        }

        return number;
    }

    /// <summary>A floating-point number, to the bit; it may be negative, infinite or not a number.</summary>
    public T Real<T>(string key)
        where T : IFloatingPoint<T> => Number<T>(key, Text(key));

    /// <summary>Whole numbers between commas, each at least 1; none for an empty text.</summary>
    public int[] Counts(string key)
    {
        string text = Text(key);
        int[] counts = text.Length == 0 ? [] : [.. text.Split(',').Select(part => Number<int>(key, part))];
        if (counts.Any(count => count < 1))
        {
            throw new SafetensorsFormatException($"its '{key}' is '{text}', and each number must be at least 1").In(file.Name);
        }

        return counts;
    }

    public Digest Digest(string key)
    {
        string text = Text(key);
        if (text.Length != FileSeal.Digits || !text.All(char.IsAsciiHexDigitLower))
        {
            throw new SafetensorsFormatException($"its '{key}' is '{text}', and 64 lower-case hexadecimal digits are needed").In(file.Name);
        }

        return new Digest(text);
    }

    public Activation Activation(string key)
    {
        string text = Text(key);
        return text switch
        {
            "relu" => Distributed.Numerics.Models.Activation.Relu,
            "sigmoid" => Distributed.Numerics.Models.Activation.Sigmoid,
            "tanh" => Distributed.Numerics.Models.Activation.Tanh,
            _ => throw new SafetensorsFormatException($"its '{key}' is '{text}', and relu, sigmoid and tanh are known").In(file.Name),
        };
    }

    /// <summary>The values of all keys that start with <paramref name="prefix"/>, by the rest of their keys.</summary>
    public Dictionary<string, string> Under(string prefix) => file.Metadata
        .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);

    private T Number<T>(string key, string text)
        where T : INumber<T>
    {
        if (!T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T? number))
        {
            throw new SafetensorsFormatException($"its '{key}' holds '{text}', and a number is needed ({typeof(T).Name})").In(file.Name);
        }

        return number;
    }
}
