namespace Distributed.Numerics.Kernels;

/// <summary>Splits a pass over many elements, each of which is computed on its own, between threads. Where it is cut cannot change a bit.</summary>
public static class ParallelRanges
{
    /// <summary>Below so many elements per thread the pass is over before another thread has woken.</summary>
    public const int ElementsPerThreadMin = 256 * 1024;

    /// <summary>A cut falls on a multiple of this many elements: a cache line of floats belongs to one thread.</summary>
    private const int CutMultiple = 1024;

    /// <summary>The number of threads worth using for <paramref name="count"/> elements, of at most <paramref name="threads"/>.</summary>
    public static int ThreadsFor(int count, int threads)
    {
        Check.That(count >= 0);
        Check.That(threads >= 1);
        return System.Math.Clamp(count / ElementsPerThreadMin, 1, threads);
    }

    /// <summary>Calls <paramref name="body"/>(start, count) for ranges that together cover 0 … <paramref name="count"/>-1 once, one per thread.</summary>
    public static void Run(int count, int threads, Action<int, int> body)
    {
        int share = ((count / threads) + CutMultiple - 1) / CutMultiple * CutMultiple;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            int start = System.Math.Min(part * share, count);
            int end = part == threads - 1 ? count : System.Math.Min(start + share, count);
            body(start, end - start);
        });
    }
}
