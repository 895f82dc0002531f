using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests.Kernels;

/// <summary>Products of raw bytes have the bits of the plain loops over the scaled floats, at every width that offers them.</summary>
public sealed class GemmBytesTests
{
    private static readonly ByteScale Scale = new(3.25f, 1f / 255);

    public static TheoryData<InstructionSet> Wide => [InstructionSet.Vector128, InstructionSet.Vector256, InstructionSet.Vector512];

    [Theory]
    [MemberData(nameof(Wide))]
    public void ForwardOfEveryNumberOfSamplesFeaturesAndColumns(InstructionSet set)
    {
        Gemm gemm = Create(set);
        for (int samples = 0; samples <= 70; samples += samples < 36 ? 1 : 7)
        {
            for (int columns = 1; gemm.TakesBytes(columns); columns += 3)
            {
                Forward(gemm, samples, columns, features: 1 + ((samples * 7) % 90), relu: samples % 2 == 0, ahead: samples / 2);
            }
        }

        Forward(gemm, 256, 10, 784, relu: true, ahead: 256);
    }

    [Theory]
    [MemberData(nameof(Wide))]
    public void GradientOfEveryNumberOfFeatures(InstructionSet set)
    {
        Gemm gemm = Create(set);
        for (int features = 1; features <= 140; features += features < 70 ? 1 : 9)
        {
            for (int columns = 1; gemm.TakesBytes(columns); columns += 3)
            {
                Gradient(gemm, features, columns, [(features * 3) % 17], accumulate: features % 2 == 0);
                Gradient(gemm, features, columns, [2, 2, 7, 9, 20], accumulate: false);
            }
        }

        Gradient(gemm, 784, 10, [32, 64, 96, 128, 160, 192, 224, 256], accumulate: false);
        Gradient(gemm, 784, 10, [256], accumulate: true);
    }

    [Theory]
    [MemberData(nameof(Wide))]
    public void OnlyFewColumnsAreOffered(InstructionSet set)
    {
        Gemm gemm = Create(set);
        Assert.True(gemm.TakesBytes(10));
        Assert.False(gemm.TakesBytes(17));
        Assert.False(Gemm.Create(InstructionSet.Scalar).TakesBytes(10));
        Assert.Throws<CheckException>(() => gemm.MultiplyNN(1, 17, 4, Bytes(1, 4), new float[68], 17, new float[17], 17, default));
    }

    [Theory]
    [MemberData(nameof(Wide))]
    public void ShortOperandsAreRefusedBeforeAnythingIsRead(InstructionSet set)
    {
        Gemm gemm = Create(set);
        float[] w = new float[8], z = new float[4];
        Assert.Throws<CheckException>(() => gemm.MultiplyNN(2, 2, 4, new ByteMatrix(new byte[128], 60, Scale), w, 2, z, 2, default));
        Assert.Throws<CheckException>(() => gemm.MultiplyNN(3, 2, 4, new ByteMatrix(new byte[128], 64, Scale), w, 2, z, 2, default));
        Assert.Throws<CheckException>(() => gemm.MultiplyTN(65, 2, 2, new ByteMatrix(new byte[128], 64, Scale), z, 2, w, 2, false));
        Assert.Throws<CheckException>(() => gemm.MultiplyTNTree(4, 2, [2, 1], new ByteMatrix(new byte[128], 64, Scale), z, 2, w, 2));
    }

    private static unsafe void Forward(Gemm gemm, int samples, int columns, int features, bool relu, int ahead)
    {
        (byte[] bytes, float[] floats) = Features(samples, features);
        GemmGuardedMatrix W = Matrix(features, columns), bias = Matrix(1, columns);
        GemmGuardedMatrix expected = Result(samples, columns), actual = Result(samples, columns);
        GemmEpilogue epilogue = relu ? GemmEpilogue.BiasRelu(bias.Span) : GemmEpilogue.Bias(bias.Span);
        GemmReference.MultiplyNN(
            samples, columns, features, floats, features, W.Span, W.Ld, expected.Span, expected.Ld, accumulate: false, epilogue);
        fixed (byte* memory = bytes)
        {
            nint[] rows = new nint[ahead];
            Array.Fill(rows, (nint)memory);
            var X = new ByteMatrix(bytes, ByteMatrix.LdFor(features), Scale, rows);
            gemm.MultiplyNN(samples, columns, features, X, W.Span, W.Ld, actual.Span, actual.Ld, epilogue);
        }

        actual.AssertEquals(expected, $"{gemm.InstructionSet} forward {samples}x{columns}x{features} relu {relu}");
    }

    private static void Gradient(Gemm gemm, int features, int columns, int[] ends, bool accumulate)
    {
        int samples = ends[^1];
        (byte[] bytes, float[] floats) = Features(samples, features);
        GemmGuardedMatrix dY = Matrix(samples, columns), expected = Result(features, columns), actual = Result(features, columns);
        var X = new ByteMatrix(bytes, ByteMatrix.LdFor(features), Scale);
        if (ends.Length == 1)
        {
            GemmReference.MultiplyTN(
                features, columns, samples, floats, features, dY.Span, dY.Ld, expected.Span, expected.Ld, accumulate);
            gemm.MultiplyTN(features, columns, samples, X, dY.Span, dY.Ld, actual.Span, actual.Ld, accumulate);
        }
        else
        {
            GemmReference.MultiplyTNTree(features, columns, ends, floats, features, dY.Span, dY.Ld, expected.Span, expected.Ld);
            gemm.MultiplyTNTree(features, columns, ends, X, dY.Span, dY.Ld, actual.Span, actual.Ld);
        }

        actual.AssertEquals(expected, $"{gemm.InstructionSet} gradient {features}x{columns}, {ends.Length} leaves, {samples} samples");
    }

    /// <summary>The same features as bytes, with 255 behind each row's last one, and as floats.</summary>
    private static (byte[] Bytes, float[] Floats) Features(int samples, int features)
    {
        int ld = ByteMatrix.LdFor(features);
        byte[] bytes = new byte[samples * ld];
        float[] floats = new float[samples * features];
        Array.Fill(bytes, byte.MaxValue);
        for (int i = 0; i < floats.Length; i++)
        {
            byte x = (byte)((i * 167) + (i >> 5));
            bytes[(i / features * ld) + (i % features)] = x;
            floats[i] = (x - Scale.Offset) * Scale.Factor;
        }

        return (bytes, floats);
    }

    private static ByteMatrix Bytes(int rows, int columns) =>
        new(new byte[rows * ByteMatrix.LdFor(columns)], ByteMatrix.LdFor(columns), Scale);

    /// <summary>Numbers of mixed magnitude, so that another order of addition shows.</summary>
    private static GemmGuardedMatrix Matrix(int rows, int columns) =>
        new(rows, columns, 3, (r, c) => ((((r * 31) + (c * 17)) % 101) - 50) / (c % 2 == 0 ? 7f : 900f));

    private static GemmGuardedMatrix Result(int rows, int columns) => new(rows, columns, 2, (r, c) => (r * 0.25f) - (c * 0.5f));

    private static Gemm Create(InstructionSet set)
    {
        Assert.SkipUnless(InstructionSets.IsSupported(set), $"This machine or runtime has no {set} with a fused multiply-add.");
        return Gemm.Create(set);
    }
}
