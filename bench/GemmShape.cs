using Distributed.Numerics.Kernels;

namespace Distributed.Bench;

/// <summary>One product to time. Leaves is 0 for a flat product.</summary>
internal sealed record GemmShape(string Operation, int M, int N, int K, int Leaves = 0, string Epilogue = "")
{
    public double Flops => 2.0 * M * N * K;

    public override string ToString() =>
        $"{Operation} {M}x{N}x{K}{(Leaves > 0 ? $" tree of {Leaves}" : "")}{(Epilogue.Length > 0 ? " " + Epilogue : "")}";

    /// <summary>NN:M:N:K, or TN:M:N:K:leaves.</summary>
    public static GemmShape Parse(string text)
    {
        string[] parts = text.Split(':');
        return new(parts[0], int.Parse(parts[1]), int.Parse(parts[2]), int.Parse(parts[3]), parts.Length > 4 ? int.Parse(parts[4]) : 0);
    }

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
        new("NN", 2048, 2048, 512), new("NT", 2048, 2048, 512), new("TN", 2048, 2048, 512),
        new("TN", 2048, 2048, 512, 8), new("TN", 784, 2048, 512, 8),
    ];

    /// <summary>
    /// Two closures that run the product once, ours and the peer's, on the same operands, which start at a cache line as the product's own
    /// buffers should.
    /// </summary>
    public (Action Ours, Action Peer) Prepare(Gemm gemm)
    {
        Memory<float> A = Aligned(M * K, 1), B = Aligned(K * N, 2), C = Aligned(M * N, 0), values = Aligned(M * N, 3);
        int leaves = System.Math.Max(1, Leaves);
        int[] ends = [.. Enumerable.Range(1, leaves).Select(i => (int)((long)i * K / leaves))];
        GemmEpilogue Finish() => Epilogue switch
        {
            "bias+relu" => GemmEpilogue.BiasRelu(values.Span),
            "relu'" => GemmEpilogue.ReluGradient(values.Span, N),
            _ => default,
        };
        Action ours = (Operation, Leaves) switch
        {
            ("NN", _) => () => gemm.MultiplyNN(M, N, K, A.Span, K, B.Span, N, C.Span, N, false, Finish()),
            ("NT", _) => () => gemm.MultiplyNT(M, N, K, A.Span, K, B.Span, K, C.Span, N, false, Finish()),
            ("TN", 0) => () => gemm.MultiplyTN(M, N, K, A.Span, M, B.Span, N, C.Span, N, false, Finish()),
            _ => () => gemm.MultiplyTNTree(M, N, ends, A.Span, M, B.Span, N, C.Span, N),
        };
        return (ours, () => OpenBlas.Multiply(this, A, B, C));
    }

    /// <summary>Numbers in [-1, 1), or zeros for seed 0, from the start of a cache line.</summary>
    private static unsafe Memory<float> Aligned(int length, uint seed)
    {
        const int lineBytes = 64;
        float[] values = GC.AllocateArray<float>(length + (lineBytes / sizeof(float)), pinned: true);
        nint address = (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref values[0]);
        Memory<float> memory = values.AsMemory((int)(((lineBytes - (address % lineBytes)) % lineBytes) / sizeof(float)), length);
        uint state = seed;
        for (int i = 0; i < length && seed != 0; i++)
        {
            state = (state * 1664525) + 1013904223;
            memory.Span[i] = ((state >> 8) - 8388608f) / 8388608f;
        }

        return memory;
    }
}
