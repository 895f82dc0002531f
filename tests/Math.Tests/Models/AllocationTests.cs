using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
using Distributed.Numerics.Reduction;

namespace Distributed.Numerics.Tests.Models;

public sealed class AllocationTests
{
    [Theory]
    [InlineData(1000, false)]
    [InlineData(10, false)]
    [InlineData(3, false)]
    [InlineData(1000, true)]
    [InlineData(3, true)]
    public void AStepAllocatesNothingAfterTheFirst(int rowsMax, bool asBytes)
    {
        foreach (NetworkShape shape in NetworkCases.Shapes().Append(NetworkCases.Wide))
        {
            var samples = new MadeUpSamples(64, shape.Inputs, shape.Outputs, asBytes);
            ParameterLayout layout = ParameterLayout.For(shape);
            float[] weights = NetworkCases.Weights(shape);
            float[] gradient = new float[layout.Count];
            var plan = new MicrobatchPlan(64, 8);
            var network = new NetworkGradient(shape, InstructionSets.Best, rowsMax);
            Optimizer optimizer = Optimizer.Create(
                new OptimizerSettings(OptimizerKind.Adam, 0.9f, 0.9f, 0.999f, 1e-8f, 0.01f), layout, InstructionSets.Best);
            long Step(int step)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                network.Compute(weights, samples, plan, new MicrobatchRange(0, 8), new DropoutKey(1, step), gradient);
                optimizer.Update(weights, gradient, 64, 0.001f);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Step(0);
            Assert.Equal(0, Step(1));
        }
    }
}
