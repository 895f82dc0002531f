using Distributed.Numerics.Models;

namespace Distributed.Numerics.Tests.Models;

public sealed class InitializationTests
{
    private static readonly Initializer Zero = new(InitializerKind.Constant, 0f);
    private static readonly NetworkShape Shape = new(300, [100], 10, Activation.Relu, 0f);
    private static readonly ParameterLayout Layout = ParameterLayout.For(Shape);

    [Fact]
    public void ConstantFillsEveryBias()
    {
        float[] parameters = Fill(new Initializer(InitializerKind.Uniform, 1f), new Initializer(InitializerKind.Constant, 0.01f));
        Assert.All(Of(parameters, Layout.Bias(0)).Concat(Of(parameters, Layout.Bias(1))), value => Assert.Equal(0.01f, value));
    }

    [Fact]
    public void UniformStaysInsideAndHasItsMoments()
    {
        float[] w = Of(Fill(new Initializer(InitializerKind.Uniform, 0.1f), Zero), Layout.Weight(0));
        Assert.All(w, value => Assert.InRange(value, -0.1f, 0.0999999f));
        AssertMoments(w, deviation: 0.1 / Math.Sqrt(3));
    }

    [Fact]
    public void NormalHasItsMoments() =>
        AssertMoments(Of(Fill(new Initializer(InitializerKind.Normal, 0.01f), Zero), Layout.Weight(0)), deviation: 0.01);

    [Fact]
    public void XavierAndHeFollowTheFans()
    {
        float[] xavier = Of(Fill(new Initializer(InitializerKind.Xavier, 0f), Zero), Layout.Weight(0));
        float limit = MathF.Sqrt(6f / 400f);
        Assert.All(xavier, value => Assert.InRange(value, -limit, limit));
        AssertMoments(xavier, limit / Math.Sqrt(3));
        AssertMoments(Of(Fill(new Initializer(InitializerKind.He, 0f), Zero), Layout.Weight(0)), Math.Sqrt(2.0 / 300));
    }

    [Fact]
    public void IsAFunctionOfTheSeed()
    {
        var uniform = new Initializer(InitializerKind.Uniform, 0.5f);
        Bits.AssertEqual(Fill(uniform, uniform, seed: 4), Fill(uniform, uniform, seed: 4));
        Assert.NotEqual(Fill(uniform, uniform, seed: 4), Fill(uniform, uniform, seed: 5));
    }

    [Fact]
    public void ATensorDoesNotDependOnTheOthers()
    {
        var normal = new Initializer(InitializerKind.Normal, 1f);
        float[] a = Fill(normal, Zero);
        float[] b = Fill(normal, normal);
        Bits.AssertEqual(Of(a, Layout.Weight(1)), Of(b, Layout.Weight(1)));
        Assert.NotEqual(Of(a, Layout.Weight(0))[..1000], Of(a, Layout.Weight(1))[..1000]);
    }

    private static float[] Fill(Initializer weights, Initializer biases, ulong seed = 1)
    {
        float[] parameters = new float[Layout.Count];
        Initialization.Fill(parameters, Layout, weights, biases, seed);
        return parameters;
    }

    private static float[] Of(float[] parameters, ParameterTensor tensor) => parameters[tensor.Offset..(tensor.Offset + tensor.Count)];

    private static void AssertMoments(float[] values, double deviation)
    {
        double mean = values.Average(value => (double)value);
        Assert.Equal(0, mean, deviation * 0.03);
        Assert.Equal(deviation, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), deviation * 0.02);
    }
}
