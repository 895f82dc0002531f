using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;

namespace Distributed.Numerics.Tests.Optimizers;

public sealed class OptimizerTests
{
    private const int StepCount = 5;
    private static readonly ParameterLayout Layout = ParameterLayout.For(new NetworkShape(7, [13], 3, Activation.Relu, 0f));

    public static TheoryData<InstructionSet, OptimizerKind, float> Cases
    {
        get
        {
            var cases = new TheoryData<InstructionSet, OptimizerKind, float>();
            foreach (InstructionSet set in InstructionSets.Supported)
            {
                foreach (OptimizerKind kind in Enum.GetValues<OptimizerKind>())
                {
                    cases.Add(set, kind, 0f);
                    cases.Add(set, kind, 0.01f);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EqualsThePlainLoop(InstructionSet set, OptimizerKind kind, float l2)
    {
        var reference = new OptimizerReference(Settings(kind, l2), Layout);
        Optimizer optimizer = Optimizer.Create(Settings(kind, l2), Layout, set);
        float[] expected = Weights();
        var weights = new GuardedBuffer(expected);
        for (int step = 0; step < StepCount; step++)
        {
            reference.Update(expected, Gradient(step), samples: 30 + step, Rate(step));
            optimizer.Update(weights.Span, Gradient(step), samples: 30 + step, Rate(step));
            Bits.AssertEqual(expected, weights.Span);
        }

        weights.AssertGuards();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AnySplitIntoRangesGivesTheSameBits(InstructionSet set, OptimizerKind kind, float l2)
    {
        for (int parts = 1; parts <= 19; parts++)
        {
            Optimizer whole = Optimizer.Create(Settings(kind, l2), Layout, set);
            Optimizer split = Optimizer.Create(Settings(kind, l2), Layout, set);
            float[] expected = Weights();
            float[] weights = Weights();
            for (int step = 0; step < StepCount; step++)
            {
                whole.Update(expected, Gradient(step), 32, Rate(step));
                UpdateStep begun = split.BeginStep(Gradient(step), 32, Rate(step));
                for (int part = parts - 1; part >= 0; part--)
                {
                    int start = part * Layout.Count / parts;
                    int count = ((part + 1) * Layout.Count / parts) - start;
                    split.UpdateRange(begun, weights.AsSpan(start, count), Gradient(step).AsSpan(start, count), start);
                }
            }

            Bits.AssertEqual(expected, weights);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ResumesFromItsState(InstructionSet set, OptimizerKind kind, float l2)
    {
        Optimizer first = Optimizer.Create(Settings(kind, l2), Layout, set);
        float[] expected = Weights();
        first.Update(expected, Gradient(0), 32, Rate(0));
        first.Update(expected, Gradient(1), 32, Rate(1));

        Optimizer second = Optimizer.Create(Settings(kind, l2), Layout, set);
        float[] weights = [.. expected];
        foreach (((string name, float[] from), (string sameName, float[] to)) in first.Moments.Zip(second.Moments))
        {
            Assert.Equal(name, sameName);
            from.CopyTo(to, 0);
        }

        second.RestorePowers(first.Powers);
        first.Update(expected, Gradient(2), 32, Rate(2));
        second.Update(weights, Gradient(2), 32, Rate(2));
        Bits.AssertEqual(expected, weights);
    }

    [Fact]
    public void NamesItsState()
    {
        Assert.Empty(Optimizer.Create(Settings(OptimizerKind.Sgd, 0f), Layout, InstructionSet.Scalar).Moments);
        Assert.Equal(
            ["velocity"], Optimizer.Create(Settings(OptimizerKind.Momentum, 0f), Layout, InstructionSet.Scalar).Moments.Select(m =>
                m.Name));
        Optimizer adam = Optimizer.Create(Settings(OptimizerKind.Adam, 0f), Layout, InstructionSet.Scalar);
        Assert.Equal(["m", "v"], adam.Moments.Select(m => m.Name));
        adam.Update(Weights(), Gradient(0), 1, 0.1f);
        adam.Update(Weights(), Gradient(0), 1, 0.1f);
        Assert.Equal([("beta1_power", (double)0.9f * 0.9f), ("beta2_power", (double)0.999f * 0.999f)], adam.Powers);
    }

    [Fact]
    public void PowersOfAnotherOptimizerAreRefused() =>
        Assert.Throws<CheckException>(() =>
            Optimizer.Create(Settings(OptimizerKind.Adam, 0f), Layout, InstructionSet.Scalar).RestorePowers([("beta1_power", 0.9)]));

    [Fact]
    public void L2LeavesBiasesAlone()
    {
        Optimizer optimizer = Optimizer.Create(Settings(OptimizerKind.Sgd, 0.5f), Layout, InstructionSets.Best);
        float[] before = Weights();
        float[] weights = Weights();
        optimizer.Update(weights, new float[Layout.Count], 32, 0.1f);
        foreach (ParameterTensor tensor in Layout.Tensors)
        {
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
            {
                Assert.Equal(tensor.IsBias ? before[i] : before[i] * (1f - (0.1f * 0.5f)), weights[i], 1e-6f);
            }
        }
    }

    /// <summary>Adam's first step moves each parameter by the learning rate, against the gradient's sign.</summary>
    [Fact]
    public void AdamsFirstStepIsTheLearningRate()
    {
        Optimizer optimizer = Optimizer.Create(Settings(OptimizerKind.Adam, 0f), Layout, InstructionSets.Best);
        float[] before = Weights();
        float[] weights = Weights();
        float[] gradient = Gradient(0);
        optimizer.Update(weights, gradient, 32, 0.001f);
        for (int i = 0; i < weights.Length; i++)
        {
            Assert.Equal(before[i] - (0.001f * Math.Sign(gradient[i])), weights[i], 1e-5f);
        }
    }

    /// <summary>With a gradient of zero only the decay is left: η·λ of each weight, nothing of a bias.</summary>
    [Theory]
    [InlineData(OptimizerKind.Adam, 1f)]
    [InlineData(OptimizerKind.AdamW, 1f - (0.1f * 0.03f))]
    public void OnlyAdamWDecaysWeightsAndLeavesBiasesAlone(OptimizerKind kind, float factor)
    {
        Optimizer optimizer = Optimizer.Create(Settings(kind, 0f), Layout, InstructionSets.Best);
        float[] before = Weights();
        float[] weights = Weights();
        optimizer.Update(weights, new float[Layout.Count], 32, 0.1f);
        foreach (ParameterTensor tensor in Layout.Tensors)
        {
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
            {
                Assert.Equal(tensor.IsBias ? before[i] : before[i] * factor, weights[i], 1e-7f);
            }
        }
    }

    private static OptimizerSettings Settings(OptimizerKind kind, float l2) =>
        new(kind, Momentum: 0.9f, Beta1: 0.9f, Beta2: 0.999f, Epsilon: 1e-8f, l2, WeightDecay: 0.03f);

    private static float[] Weights() => Samples.Uniform(Layout.Count, -1f, 1f, 2);

    private static float[] Gradient(int step) => Samples.Uniform(Layout.Count, -20f, 20f, 100 + step);

    private static float Rate(int step) => 0.05f / (1 + step);
}
