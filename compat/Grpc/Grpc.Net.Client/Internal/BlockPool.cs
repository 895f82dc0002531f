using System.Buffers;
using System.Collections.Concurrent;

namespace Grpc.Net.Client.Internal;

/// <summary>
/// Blocks of 64 KiB for the messages of clients. The shared array pool keeps only 32 arrays of a size for each core,
/// fewer than one large message holds.
/// </summary>
internal sealed class BlockPool : MemoryPool<byte>
{
    public const int BlockBytes = 64 * 1024;

    /// <summary>At most 32 MiB stay with the process when no call needs them.</summary>
    private const int KeptBlocksMax = 512;

    private readonly ConcurrentQueue<Block> _free = new();

    public static BlockPool Instance { get; } = new();

    public override int MaxBufferSize => BlockBytes;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        return _free.TryDequeue(out Block? block) ? block : new Block(this);
    }

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(BlockBytes);

        public void Dispose()
        {
            if (pool._free.Count < KeptBlocksMax)
                pool._free.Enqueue(this);
        }
    }
}
