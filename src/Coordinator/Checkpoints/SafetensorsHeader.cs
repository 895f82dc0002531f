namespace Distributed.Coordinator.Checkpoints;

/// <summary>One tensor of a safetensors file: where its little-endian, row-major elements lie in the file's data region.</summary>
/// <param name="Name">Unique in the file.</param>
/// <param name="Dtype">The element type by the format's name, for example F32.</param>
/// <param name="Shape">Its dimensions; none for a scalar.</param>
/// <param name="Begin">Byte offset of its first element in the data region.</param>
/// <param name="End">Byte offset after its last element.</param>
public sealed record SafetensorsEntry(string Name, string Dtype, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>The shape as a person writes it: [784, 128].</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}

/// <summary>
/// A safetensors header that was checked: the entries cover the data region exactly, in this order, without gap or overlap.
/// </summary>
/// <param name="Entries">In order of their offsets.</param>
/// <param name="Metadata">The strings under <c>__metadata__</c>.</param>
public sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata);
