namespace Distributed.Coordinator.Checkpoints;

/// <summary>
/// What a safetensors file may ask for before it is refused. Far above what a trained network needs, far below what would hurt.
/// </summary>
internal static class SafetensorsLimits
{
    /// <summary>Bytes of the length field that a file starts with.</summary>
    public const int PrefixBytes = 8;

    /// <summary>The header is padded to a multiple of this, so that the data of the file is aligned for every element type.</summary>
    public const int AlignmentBytes = 8;

    public const int HeaderBytesMax = 16 << 20;

    public const int TensorsMax = 65_536;

    public const int DimensionsMax = 8;

    /// <summary>Depth of the header's JSON: the object, a tensor's object, its arrays.</summary>
    public const int JsonDepthMax = 3;
}
