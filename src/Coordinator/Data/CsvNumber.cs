using System.Buffers;
using System.Globalization;
using System.Text;

namespace Distributed.Coordinator.Data;

/// <summary>What a CSV field turned out to be.</summary>
public enum CsvFieldKind
{
    /// <summary>A finite number.</summary>
    Number,

    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>NaN, an infinity, or a number too large for float32.</summary>
    NotFinite,

    /// <summary>Anything else.</summary>
    Text,
}

/// <summary>Decimal numbers in UTF-8, with a point and an optional exponent, rounded to the nearest float32.</summary>
public static class CsvNumber
{
    private const int ExactDigitsMax = 15;
    private static readonly SearchValues<byte> NumberCharacters = SearchValues.Create("0123456789+-.eE"u8);
    private static readonly string[] NotFiniteSpellings = ["nan", "inf", "infinity", "∞"];
    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Parses a trimmed field.</summary>
    public static CsvFieldKind Parse(ReadOnlySpan<byte> text, out float value)
    {
        if (TryParseShort(text, out value))
        {
            return CsvFieldKind.Number;
        }

        if (text.IsEmpty)
        {
            return CsvFieldKind.Empty;
        }

        bool plain = !text.ContainsAnyExcept(NumberCharacters);
        if (plain && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return float.IsFinite(value) ? CsvFieldKind.Number : CsvFieldKind.NotFinite;
        }

        string unsigned = Encoding.UTF8.GetString(text).TrimStart('+', '-').ToLowerInvariant();
        return NotFiniteSpellings.Contains(unsigned) ? CsvFieldKind.NotFinite : CsvFieldKind.Text;
    }

    /// <summary>
    /// Up to 15 digits without exponent. Digits and power of ten are exact doubles, so their quotient is the double nearest to the
    /// decimal number; narrowing that to float32 rounds correctly unless it lies exactly between two floats or is subnormal. Those, and
    /// all else, are left to the full parser.
    /// </summary>
    private static bool TryParseShort(ReadOnlySpan<byte> text, out float value)
    {
        value = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        int i = negative ? 1 : 0;
        long digits = 0;
        int digitCount = 0;
        int decimals = 0;
        bool pointSeen = false;
        for (; i < text.Length; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
                digitCount++;
                decimals += pointSeen ? 1 : 0;
                if (digitCount > ExactDigitsMax)
                {
                    return false;
                }
            }
            else if (text[i] == '.' && !pointSeen)
            {
                pointSeen = true;
            }
            else
            {
                return false;
            }
        }

        return digitCount > 0 && TryNarrow(digits / PowersOfTen[decimals], negative, out value);
    }

    private static bool TryNarrow(double magnitude, bool negative, out float value)
    {
        const long BitsLost = (1L << 29) - 1;
        const long Halfway = 1L << 28;
        float narrowed = (float)magnitude;
        value = negative ? -narrowed : narrowed;
        bool isHalfway = (BitConverter.DoubleToInt64Bits(magnitude) & BitsLost) == Halfway;
        return !isHalfway && (float.IsNormal(narrowed) || magnitude == 0);
    }
}
