using System.Runtime.InteropServices;

namespace Distributed.Bench;

/// <summary>The peer: OpenBLAS' sgemm on one thread, where the library is installed (Debian: libopenblas0-pthread).</summary>
internal static unsafe class OpenBlas
{
    private const int RowMajor = 101, NoTranspose = 111, Transpose = 112;
    private static readonly
        delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> Sgemm =
        Find();

    /// <summary>True where the library was found.</summary>
    public static bool IsPresent => Sgemm != null;

    /// <summary>The flat product of <paramref name="shape"/>; an epilogue or a tree is left out, to the peer's advantage.</summary>
    public static void Multiply(GemmShape shape, Memory<float> A, Memory<float> B, Memory<float> C)
    {
        bool transA = shape.Operation == "TN", transB = shape.Operation == "NT";
        fixed (float* a = A.Span, b = B.Span, c = C.Span)
        {
            Sgemm(
                RowMajor, transA ? Transpose : NoTranspose, transB ? Transpose : NoTranspose, shape.M, shape.N, shape.K,
                1f, a, transA ? shape.M : shape.K, b, transB ? shape.K : shape.N, 0f, c, shape.N);
        }
    }

    private static delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> Find()
    {
        if (!NativeLibrary.TryLoad("libopenblas.so.0", out nint library))
        {
            return null;
        }

        var setThreads = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads");
        setThreads(1);
        nint address = NativeLibrary.GetExport(library, "cblas_sgemm");
        return (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)address;
    }
}
