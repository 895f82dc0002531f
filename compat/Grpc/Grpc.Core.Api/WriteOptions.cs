namespace Grpc.Core;

[Flags]
public enum WriteFlags
{
    /// <summary>More messages follow soon: this one may wait in the buffer.</summary>
    BufferHint = 0x1,

    /// <summary>No effect here: nothing is ever compressed.</summary>
    NoCompress = 0x2,
}

public class WriteOptions(WriteFlags flags = default)
{
    public static readonly WriteOptions Default = new();

    public WriteFlags Flags { get; } = flags;
}
