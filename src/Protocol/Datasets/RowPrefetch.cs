using System.Runtime.Intrinsics.X86;

namespace Distributed.Protocol.Datasets;

/// <summary>
/// Asks the processor to bring a row into its cache. A hint: it changes no result, and does nothing where there is no such instruction.
/// </summary>
internal static class RowPrefetch
{
    private const int LineBytes = 64;

    public static unsafe void Hint(ReadOnlySpan<byte> row)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        // A prefetch never faults, so a row that the collector moves meanwhile costs nothing but the hint.
        fixed (byte* start = row)
        {
            for (int offset = 0; offset < row.Length; offset += LineBytes)
            {
                Sse.Prefetch0(start + offset);
            }
        }
    }
}
