using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests.Kernels;

/// <summary>
/// Every element-wise kernel: every length to 256, in place and not, special values at each position, guarded ends, all widths against the
/// scalar one.
/// </summary>
public sealed class MapTests
{
    private const int LengthMax = 256;

    private delegate void UnaryPass(InstructionSet set, ReadOnlySpan<float> x, Span<float> destination);

    private delegate void BinaryPass(InstructionSet set, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination);

    private static readonly Dictionary<string, UnaryPass> Unary = new()
    {
        ["exp"] = Map.Unary<Exp>,
        ["log"] = Map.Unary<Log>,
        ["tanh"] = Map.Unary<Tanh>,
        ["sigmoid"] = Map.Unary<Sigmoid>,
        ["relu"] = Map.Unary<Relu>,
        ["scale"] = (set, x, destination) =>
        {
            x.CopyTo(destination);
            Scale.InPlace(set, destination, 1.7f);
        },
    };

    private static readonly Dictionary<string, BinaryPass> Binary = new()
    {
        ["add"] = Map.Binary<Add>,
        ["relu backward"] = Map.Binary<ReluBackward>,
        ["sigmoid backward"] = Map.Binary<SigmoidBackward>,
        ["tanh backward"] = Map.Binary<TanhBackward>,
    };

    public static TheoryData<InstructionSet, string> UnaryCases => Cases(Unary.Keys);

    public static TheoryData<InstructionSet, string> BinaryCases => Cases(Binary.Keys);

    [Theory]
    [MemberData(nameof(UnaryCases))]
    public void UnaryEqualsScalarAtEveryLength(InstructionSet set, string name)
    {
        for (int length = 0; length <= LengthMax; length++)
        {
            AssertUnary(set, Unary[name], Samples.Uniform(length, -12f, 12f, length));
        }
    }

    [Theory]
    [MemberData(nameof(UnaryCases))]
    public void UnaryEqualsScalarWithSpecialValuesAtEachPosition(InstructionSet set, string name)
    {
        foreach (float special in Samples.Special)
        {
            for (int position = 0; position < 37; position++)
            {
                float[] x = Samples.Uniform(37, -2f, 2f);
                x[position] = special;
                AssertUnary(set, Unary[name], x);
            }
        }
    }

    [Theory]
    [MemberData(nameof(BinaryCases))]
    public void BinaryEqualsScalarAtEveryLength(InstructionSet set, string name)
    {
        for (int length = 0; length <= LengthMax; length++)
        {
            AssertBinary(set, Binary[name], Samples.Uniform(length, -1f, 1f, length), Samples.Uniform(length, -1f, 1f, length + 1000));
        }
    }

    [Theory]
    [MemberData(nameof(BinaryCases))]
    public void BinaryEqualsScalarWithSpecialValuesAtEachPosition(InstructionSet set, string name)
    {
        foreach (float special in Samples.Special)
        {
            for (int position = 0; position < 37; position++)
            {
                float[] x = Samples.Uniform(37, -2f, 2f);
                float[] y = Samples.Uniform(37, -2f, 2f, 1);
                x[position] = special;
                y[36 - position] = special;
                AssertBinary(set, Binary[name], x, y);
            }
        }
    }

    [Fact]
    public void ShiftedOverlapIsRefused()
    {
        float[] buffer = new float[20];
        Assert.Throws<CheckException>(() => Map.Unary<Exp>(InstructionSet.Scalar, buffer.AsSpan(0, 10), buffer.AsSpan(1, 10)));
    }

    private static void AssertUnary(InstructionSet set, UnaryPass pass, float[] x)
    {
        float[] expected = new float[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            pass(InstructionSet.Scalar, x.AsSpan(i, 1), expected.AsSpan(i, 1));
        }

        var apart = new GuardedBuffer(x.Length);
        pass(set, x, apart.Span);
        Bits.AssertEqual(expected, apart.Span);
        apart.AssertGuards();

        var inPlace = new GuardedBuffer(x);
        pass(set, inPlace.Span, inPlace.Span);
        Bits.AssertEqual(expected, inPlace.Span);
        inPlace.AssertGuards();
    }

    private static void AssertBinary(InstructionSet set, BinaryPass pass, float[] x, float[] y)
    {
        float[] expected = new float[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            pass(InstructionSet.Scalar, x.AsSpan(i, 1), y.AsSpan(i, 1), expected.AsSpan(i, 1));
        }

        var overX = new GuardedBuffer(x);
        pass(set, overX.Span, y, overX.Span);
        Bits.AssertEqual(expected, overX.Span);
        overX.AssertGuards();

        var overY = new GuardedBuffer(y);
        pass(set, x, overY.Span, overY.Span);
        Bits.AssertEqual(expected, overY.Span);
        overY.AssertGuards();
    }

    private static TheoryData<InstructionSet, string> Cases(IEnumerable<string> names)
    {
        var cases = new TheoryData<InstructionSet, string>();
        foreach (string name in names)
        {
            foreach (InstructionSet set in InstructionSets.Supported)
            {
                cases.Add(set, name);
            }
        }

        return cases;
    }
}
