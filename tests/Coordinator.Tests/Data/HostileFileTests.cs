using System.IO.Compression;
using Distributed.Coordinator.Data;
using Distributed.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Distributed.Coordinator.Tests.Data;

/// <summary>
/// Whatever happens to the bytes of a file, it is either read or refused in a sentence, and memory follows the file's size.
/// </summary>
public sealed class HostileFileTests
{
    private const int TestsMax = 1500;
    private const long AllocatedBytesMax = 8 << 20;
    private static readonly byte[] NastyBytes = [0, 1, 0x7F, 0x80, 0xFF, .. "\",9\n"u8];

    [Fact]
    public void IdxImages() => Survives(Idx.Images(20), bytes => ReadIdx(bytes, images: true));

    [Fact]
    public void IdxImagesPacked() => Survives(Idx.Gzip(Idx.Images(20)), bytes => ReadIdx(bytes, images: true));

    [Fact]
    public void IdxLabels() => Survives(Idx.Labels(1, 2, 3, 4, 5, 6), bytes => ReadIdx(bytes, images: false));

    [Fact]
    public void NpzDeflated() => Survives(Npz.Small(), ReadNpz);

    [Fact]
    public void NpzStored() => Survives(Npz.Small(CompressionLevel.NoCompression), ReadNpz);

    [Fact]
    public void NpyHeaders() => Survives(Npz.Array("<f4", "(2, 3)", new byte[24]), array => ReadNpz(Npz.File(("x_train.npy", array))));

    [Fact]
    public void Csv() => Survives("label,\"a\",b\r\n1,2.5,3\n0,\"4\",-5e1\n\n1;6;7\n"u8.ToArray(), bytes => ReadCsv(bytes, null));

    [Fact]
    public void CsvWithLabelColumn() => Survives("a\tb\tlabel\n1\t2\t3\n0\t4\t5\n"u8.ToArray(), bytes => ReadCsv(bytes, "label"));

    private static void Survives(byte[] good, Action<byte[]> read)
    {
        int refused = 0;
        int accepted = 0;
        void Try(byte[] bytes)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(bytes);
                accepted++;
            }
            catch (InputException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedBytesMax);
        }

        for (int length = 0; length < good.Length; length++)
        {
            Try(good[..length]);
        }

        Prop.ForAll(Mutations(good).ToArbitrary(), Try).Check(Config.QuickThrowOnFailure.WithMaxTest(TestsMax));
        Assert.True(refused > 0, "no damaged file was refused");
        Assert.True(refused + accepted >= TestsMax);
    }

    /// <summary>One to four changes: a byte replaced, a bit flipped, a run removed, doubled or filled.</summary>
    private static Gen<byte[]> Mutations(byte[] good)
    {
        Gen<Func<byte[], byte[]>> mutation = from kind in Gen.Choose(0, 4)
                                             from place in Gen.Choose(0, int.MaxValue)
                                             from size in Gen.Choose(1, 9)
                                             from value in Gen.Elements(NastyBytes)
                                             select new Func<byte[], byte[]>(bytes => Mutate(bytes, kind, place, size, value));
        return from count in Gen.Choose(1, 4)
               from mutations in mutation.ArrayOf(count)
               select mutations.Aggregate(good, (bytes, mutate) => mutate(bytes));
    }

    private static byte[] Mutate(byte[] bytes, int kind, int place, int size, byte value)
    {
        if (bytes.Length == 0)
        {
            return [value];
        }

        int at = place % bytes.Length;
        int end = Math.Min(bytes.Length, at + size);
        return kind switch
        {
            0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (size % 8))), .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], .. bytes[end..]],
            3 => [.. bytes[..end], .. bytes[at..]],
            _ => [.. bytes[..at], .. Enumerable.Repeat(value, end - at), .. bytes[end..]],
        };
    }

    private static void ReadIdx(byte[] bytes, bool images)
    {
        using ByteSource source = ByteSource.Open(new MemoryStream(bytes), "f.idx");
        if (images)
        {
            IdxReader.ReadImages(source);
        }
        else
        {
            IdxReader.ReadLabels(source, LabelRule.Training);
        }
    }

    private static void ReadNpz(byte[] bytes)
    {
        using var file = new MemoryStream(bytes);
        NpzDataset.ReadBoth(file, "f.npz");
    }

    private static void ReadCsv(byte[] bytes, string? labelColumn)
    {
        using var file = new MemoryStream(bytes);
        CsvReader.Read(file, "f.csv", labelColumn, LabelRule.Training);
    }
}
