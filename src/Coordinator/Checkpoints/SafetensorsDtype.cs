namespace Distributed.Coordinator.Checkpoints;

/// <summary>The element types that the safetensors format names, and their sizes in bytes.</summary>
internal static class SafetensorsDtype
{
    /// <summary>IEEE 754 binary32, the only type written here.</summary>
    public const string Float32 = "F32";

    /// <summary>Bytes of one element, or 0 for a type the format does not name.</summary>
    public static int SizeOf(string dtype) => dtype switch
    {
        "F64" or "I64" or "U64" or "C64" => 8,
        Float32 or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "BOOL" or "I8" or "U8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 1,
        _ => 0,
    };
}
