using System.Runtime.InteropServices;
using Distributed.Numerics.Models;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>A safetensors file in memory.</summary>
/// <param name="name">Where it came from, for messages.</param>
/// <param name="header">What it holds.</param>
/// <param name="tensors">The bytes of each of the header's entries.</param>
/// <param name="isSealed">True when it carries a <see cref="FileSeal"/>, which then matched.</param>
public sealed class SafetensorsFile(string name, SafetensorsHeader header, IReadOnlyDictionary<string, byte[]> tensors, bool isSealed)
{
    /// <summary>Where it came from, for messages.</summary>
    public string Name => name;

    /// <summary>The strings under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>The tensors, in order of their offsets.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => header.Entries;

    /// <summary>True when the file's own digest was there and matched.</summary>
    public bool IsSealed => isSealed;

    /// <summary>The bytes of a tensor as they stand in the file.</summary>
    public ReadOnlySpan<byte> Bytes(string tensor) => tensors[tensor];

    /// <summary>
    /// Gathers one flat buffer in <paramref name="layout"/> from the tensors named <paramref name="prefix"/> + W1, b1 …, wherever they
    /// stand in the file.
    /// </summary>
    /// <param name="what">What they are, for the message when one is missing or of another shape.</param>
    internal float[] Gather(ParameterLayout layout, string what, string prefix = "")
    {
        float[] buffer = new float[layout.Count];
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            long[] shape = tensor.IsBias ? [tensor.Columns] : [tensor.Rows, tensor.Columns];
            SafetensorsEntry entry = Find(prefix + tensor.Name, shape, what);
            Bytes(entry.Name).CopyTo(MemoryMarshal.AsBytes(buffer.AsSpan(tensor.Offset, tensor.Count)));
        }

        return buffer;
    }

    private SafetensorsEntry Find(string tensor, long[] shape, string what)
    {
        SafetensorsEntry? entry = header.Entries.FirstOrDefault(candidate => candidate.Name == tensor);
        if (entry is null)
        {
            throw new SafetensorsFormatException($"it has no tensor '{tensor}' ({what})").In(name);
        }

        if (entry.Dtype != SafetensorsDtype.Float32 || !entry.Shape.SequenceEqual(shape))
        {
            throw new SafetensorsFormatException(
                $"tensor '{tensor}' ({what}) is {entry.Dtype} {entry.ShapeText}, and F32 [{string.Join(", ", shape)}] is needed").In(name);
        }

        return entry;
    }
}
