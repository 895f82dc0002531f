using Distributed.Numerics.Layers;

namespace Distributed.Numerics.Tests.Layers;

/// <summary>Logits padded with -Inf, as the output layer leaves them.</summary>
internal static class LogitRows
{
    public static float[] Pad(ReadOnlySpan<float> z, int classes)
    {
        int stride = Softmax.Stride(classes);
        float[] padded = new float[z.Length / classes * stride];
        padded.AsSpan().Fill(float.NegativeInfinity);
        for (int row = 0; row < z.Length / classes; row++)
        {
            z.Slice(row * classes, classes).CopyTo(padded.AsSpan(row * stride));
        }

        return padded;
    }
}
