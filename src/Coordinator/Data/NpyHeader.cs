using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>
/// The start of a .npy array (NumPy's format 1.0, 2.0 and 3.0): "\x93NUMPY", major and minor version, the length of the text (two bytes
/// in 1.0, four later, little-endian), and the text: a Python dictionary with the keys descr, fortran_order and shape.
/// </summary>
/// <param name="Type">How one value is stored.</param>
/// <param name="Shape">Dimensions; empty for a single number.</param>
/// <param name="IsColumnMajor">The first dimension runs fastest ("Fortran order"), where there are at least two.</param>
public sealed partial record NpyHeader(NpyType Type, IReadOnlyList<long> Shape, bool IsColumnMajor = false)
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header and leaves <paramref name="source"/> at the first value.</summary>
    public static NpyHeader Read(ByteSource source)
    {
        Span<byte> start = stackalloc byte[8];
        source.Fill(start, "the NumPy header");
        return start.StartsWith(Magic)
            ? Parse(source.Name, ReadText(source, start[6]))
            : throw new InputException(
                $"{source.Name}, byte 0: a NumPy array starts with the bytes {Convert.ToHexString(Magic)}, " +
                $"not with {Convert.ToHexString(start[..6])}.");
    }

    /// <summary>As <see cref="Read"/>, but an array in Fortran order throws <see cref="InputException"/>.</summary>
    public static NpyHeader ReadRowMajor(ByteSource source)
    {
        NpyHeader header = Read(source);
        return header.IsColumnMajor
            ? throw new InputException($"{source.Name}: the array is stored in Fortran order; save numpy.ascontiguousarray(array) instead.")
            : header;
    }

    /// <summary>An element of the array as NumPy writes it: [sample,row,column].</summary>
    public string IndexText(long element)
    {
        long[] index = new long[Shape.Count];
        for (int axis = Shape.Count - 1; axis >= 0; axis--)
        {
            (element, index[axis]) = Math.DivRem(element, Shape[axis]);
        }

        return $"[{string.Join(',', index)}]";
    }

    /// <summary>The shape as NumPy writes it.</summary>
    public string ShapeText => Shape.Count == 1 ? $"({Shape[0]},)" : $"({string.Join(", ", Shape)})";

    private static string ReadText(ByteSource source, byte major)
    {
        if (major is < 1 or > 3)
        {
            throw new InputException($"{source.Name}, byte 6: version {major} of the NumPy format is not known; 1, 2 and 3 are read.");
        }

        Span<byte> number = stackalloc byte[4];
        number.Clear();
        source.Fill(major == 1 ? number[..2] : number, "the NumPy header");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(number);
        if (length > DatasetLimits.NpyHeaderBytesMax)
        {
            throw new InputException(
                $"{source.Name}, byte 8: a header of {length} bytes is too long; the limit is {DatasetLimits.NpyHeaderBytesMax}.");
        }

        byte[] text = new byte[length];
        source.Fill(text, "the NumPy header");
        return Encoding.UTF8.GetString(text);
    }

    private static NpyHeader Parse(string name, string text)
    {
        Match descr = DescrPattern().Match(text);
        Match order = OrderPattern().Match(text);
        Match shape = ShapePattern().Match(text);
        if (!descr.Success || !order.Success || !shape.Success)
        {
            throw new InputException(
                $"{name}: the NumPy header {Shown.Value(text)} lacks a plain descr, fortran_order or shape; " +
                "save the array with numpy.save or numpy.savez.");
        }

        NpyType type = NpyType.Parse(name, descr.Groups[1].Value);
        string[] parts = shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        long[] dimensions = [.. parts.Select(part => ParseDimension(name, part))];
        return new NpyHeader(type, dimensions, IsColumnMajor: order.Groups[1].Value == "True" && dimensions.Length >= 2);
    }

    private static long ParseDimension(string name, string part) =>
        long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long dimension)
            ? dimension
            : throw new InputException($"{name}: the NumPy header's shape holds {Shown.Value(part)}; whole numbers from 0 up are allowed.");

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([^'"]*)['"]""")]
    private static partial Regex DescrPattern();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex OrderPattern();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^()]*)\)""")]
    private static partial Regex ShapePattern();
}
