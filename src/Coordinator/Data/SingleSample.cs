using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>
/// One sample that is no part of a dataset: an image of an IDX file, a row of a CSV file, or raw bytes, one for each feature. Which of them a
/// file is, its content tells.
/// </summary>
/// <param name="Features">A dataset of this one sample; its label is 0.</param>
/// <param name="Label">Its true class, where the file says it.</param>
/// <param name="Name">For people: "image 3 of 10,000 in digits-idx3-ubyte".</param>
public sealed record SingleSample(Dataset Features, int? Label, string Name)
{
    private const int TextBytes = 4096;

    /// <summary>Reads the sample number <paramref name="index"/>.</summary>
    /// <param name="content">The file, seekable.</param>
    /// <param name="name">What an error calls it.</param>
    /// <param name="features">Features of a sample.</param>
    /// <param name="index">From 0.</param>
    /// <param name="labelColumn">Of a CSV file that holds labels: its name or number from 1; null for the first.</param>
    /// <exception cref="InputException">It is of another kind, damaged, or has another number of features.</exception>
    public static SingleSample Read(Stream content, string name, int features, int index, string? labelColumn)
    {
        byte[] start = new byte[TextBytes];
        start = start[..content.ReadAtLeast(start, TextBytes, throwOnEndOfStream: false)];
        content.Position = 0;
        RefuseOtherKinds(start, name, features);
        bool isText = IsText(start);
        if (labelColumn is not null && !isText)
        {
            throw new InputException($"--label-column {labelColumn}: only CSV files have columns, and {name} is none; leave the option out.");
        }

        return isText ? CsvSample.Read(content, name, features, index, labelColumn)
            : IsIdx(start) && content.Length != features ? ReadImage(content, name, features, index)
            : ReadRaw(content, name, features, index);
    }

    /// <summary>There is no sample number <paramref name="index"/>.</summary>
    internal static InputException NoSuchIndex(int index, long count, string what, string name) =>
        new(count == 1
            ? $"--index must be 0, since there is 1 {what} in {name}, not {index}"
            : $"--index must be from 0 to {count - 1}, since there are {count} {what}s in {name}, not {index}");

    private static void RefuseOtherKinds(byte[] start, string name, int features)
    {
        string? kind = start switch
        {
            [] => throw new InputException($"{name} is empty; an image of an IDX file, a CSV row or {features} raw bytes are expected"),
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "a PNG picture",
            [0xFF, 0xD8, 0xFF, ..] => "a JPEG picture",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a GIF picture",
            _ => null,
        };
        if (kind is not null)
        {
            string size = Side(features) is { } side ? $"{side}x{side}" : "WIDTHxHEIGHT";
            throw new InputException(
                $"{name} is {kind}, which is not read; turn it into {features} gray bytes, bright strokes on black as in MNIST, for example with " +
                $"ImageMagick: magick {name} -colorspace gray -negate -resize {size}! -depth 8 gray:digit.raw");
        }

        if (start is [(byte)'P', (byte)'K', ..] or [0x93, (byte)'N', (byte)'U', (byte)'M', ..])
        {
            throw new InputException($"{name} holds NumPy arrays; give samples in an .npz with --data {name}");
        }
    }

    /// <summary>Digits and what stands around them; a row of numbers has no other bytes, and raw pixels are hardly ever all of these.</summary>
    private static bool IsText(byte[] start) =>
        start is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
        || Array.TrueForAll(start, value => value is >= 0x20 and < 0x7F or 9 or 10 or 13);

    /// <summary>Two zero bytes and the type code of bytes, or gzip.</summary>
    private static bool IsIdx(byte[] start) => start is [0, 0, 8, <= 8, ..] or [0x1F, 0x8B, ..];

    private static SingleSample ReadImage(Stream content, string name, int features, int index)
    {
        using ByteSource source = ByteSource.Open(content, name);
        IdxImages images = IdxReader.ReadImages(source);
        if (images.Features != features)
        {
            throw new InputException($"the images in {name} have {images.Features} pixels each, but the model takes {features} features");
        }

        if (index >= images.Count)
        {
            throw NoSuchIndex(index, images.Count, "image", name);
        }

        byte[] pixels = images.Pixels.AsSpan(index * features, features).ToArray();
        return new SingleSample(One(pixels), Label: null, FormattableString.Invariant($"image {index} of {images.Count:N0} in {name}"));
    }

    private static SingleSample ReadRaw(Stream content, string name, int features, int index)
    {
        if (content.Length % features != 0)
        {
            string shape = Side(features) is { } side ? $" ({side}×{side})" : "";
            throw new InputException(
                $"{name} holds {content.Length} bytes, and the model takes {features} features{shape}, one raw byte each; " +
                "an IDX file of images or a CSV row will do as well");
        }

        long count = content.Length / features;
        if (index >= count)
        {
            throw NoSuchIndex(index, count, "sample", name);
        }

        content.Position = (long)index * features;
        byte[] bytes = new byte[features];
        content.ReadExactly(bytes);
        string of = count == 1 ? "" : FormattableString.Invariant($"sample {index} of {count:N0} in ");
        return new SingleSample(One(bytes), Label: null, $"{of}{name}");
    }

    private static Dataset One(byte[] features) => Dataset.OfBytes(features.Length, classes: 1, features, [0]);

    /// <summary>The side of a square picture, or null.</summary>
    private static int? Side(int features) => (int)Math.Sqrt(features) is var side && side * side == features ? side : null;
}
