using Distributed.Numerics.Kernels;

namespace Distributed.Bench;

/// <summary>One product to time. Leaves is 0 for a flat product.</summary>
internal sealed record GemmShape(string Operation, int M, int N, int K, int Leaves = 0, string Epilogue = "")
{
    public double Flops => 2.0 * M * N * K;

    public override string ToString() =>
        $"{Operation} {M}x{N}x{K}{(Leaves > 0 ? $" tree of {Leaves}" : "")}{(Epilogue.Length > 0 ? " " + Epilogue : "")}";

    /// <summary>The steps of the recipes, most frequent first, then the large ones.</summary>
    public static IReadOnlyList<GemmShape> All { get; } =
    [
        new("NN", 32, 128, 784), new("NN", 32, 128, 784, 0, "bias+relu"), new("NN", 32, 10, 128), new("NT", 32, 128, 10, 0, "relu'"),
        new("TN", 784, 128, 32), new("TN", 784, 128, 32, 8), new("TN", 128, 10, 32), new("TN", 128, 10, 32, 8),
        new("NN", 64, 128, 784), new("NN", 64, 64, 128), new("NN", 64, 10, 64), new("NT", 64, 128, 64), new("TN", 784, 128, 64, 8),
        new("NN", 256, 10, 784), new("NT", 256, 10, 784), new("TN", 784, 10, 256), new("TN", 784, 10, 256, 8),
        new("NN", 784, 128, 32), new("NT", 784, 128, 32), new("NT", 32, 128, 784), new("TN", 32, 128, 784), new("NN", 784, 10, 256),
        new("NN", 1024, 1024, 1024), new("NT", 1024, 1024, 1024), new("TN", 1024, 1024, 1024),
        new("NN", 512, 2048, 784), new("NT", 512, 2048, 784), new("TN", 512, 2048, 784),
        new("NN", 512, 2048, 2048), new("NT", 512, 2048, 2048), new("TN", 512, 2048, 2048),
        new("NN", 2048, 2048, 512), new("NT", 2048, 2048, 512), new("TN", 2048, 2048, 512), new("TN", 2048, 2048, 512, 8), new("TN", 784, 2048, 512, 8),
    ];

    /// <summary>A closure that runs the product once on fresh operands.</summary>
    public Action Prepare(Gemm gemm)
    {
        bool transposedA = Operation == "TN";
        float[] A = Fill(M * K, 1), B = Fill(K * N, 2), C = new float[M * N], values = Fill(M * N, 3);
        int[] ends = [.. Enumerable.Range(1, System.Math.Max(1, Leaves)).Select(i => (int)((long)i * K / System.Math.Max(1, Leaves)))];
        GemmEpilogue Finish() => Epilogue switch
        {
            "bias+relu" => GemmEpilogue.BiasRelu(values),
            "relu'" => GemmEpilogue.ReluGradient(values, N),
            _ => default,
        };
        return (Operation, Leaves) switch
        {
            ("NN", _) => () => gemm.MultiplyNN(M, N, K, A, K, B, N, C, N, false, Finish()),
            ("NT", _) => () => gemm.MultiplyNT(M, N, K, A, K, B, K, C, N, false, Finish()),
            ("TN", 0) => () => gemm.MultiplyTN(M, N, K, A, transposedA ? M : K, B, N, C, N, false, Finish()),
            _ => () => gemm.MultiplyTNTree(M, N, ends, A, M, B, N, C, N),
        };
    }

    private static float[] Fill(int length, uint seed)
    {
        float[] values = new float[length];
        uint state = seed;
        for (int i = 0; i < length; i++)
        {
            state = (state * 1664525) + 1013904223;
            values[i] = ((state >> 8) - 8388608f) / 8388608f;
        }

        return values;
    }
}
