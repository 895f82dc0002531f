using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Distributed.Coordinator.Tests.Data;

namespace Distributed.Coordinator.Tests.Exports;

/// <summary>A tensor as another program would save it.</summary>
internal sealed record OtherTensor(string Name, string Dtype, int[] Shape, byte[] Bytes)
{
    public static OtherTensor Floats(string name, int[] shape, params float[] values) =>
        new(name, "F32", shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public static OtherTensor Doubles(string name, int[] shape, params double[] values) =>
        new(name, "F64", shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public static OtherTensor Halves(string name, int[] shape, params float[] values) =>
        new(name, "F16", shape, MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (Half)value).AsSpan()).ToArray());

    /// <summary>The upper half of each float.</summary>
    public static OtherTensor BrainFloats(string name, int[] shape, params float[] values)
    {
        ushort[] bits = Array.ConvertAll(values, value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
        return new OtherTensor(name, "BF16", shape, MemoryMarshal.AsBytes(bits.AsSpan()).ToArray());
    }
}

/// <summary>Makes safetensors and NPZ files as other programs do: plain, without our metadata.</summary>
internal static class TensorFiles
{
    public static byte[] Safetensors(params OtherTensor[] tensors)
    {
        var header = new StringBuilder("{");
        int offset = 0;
        foreach (OtherTensor tensor in tensors)
        {
            int end = offset + tensor.Bytes.Length;
            string shape = string.Join(',', tensor.Shape);
            header.Append(offset == 0 ? "\"" : ",\"");
            header.Append($$"""{{tensor.Name}}":{"dtype":"{{tensor.Dtype}}","shape":[{{shape}}],"data_offsets":[{{offset}},{{end}}]}""");
            offset = end;
        }

        byte[] json = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        return [.. length, .. json, .. tensors.SelectMany(tensor => tensor.Bytes)];
    }

    public static byte[] Npz(params OtherTensor[] tensors) =>
        Data.Npz.File([.. tensors.Select(tensor => (tensor.Name + ".npy", Npy(tensor)))]);

    public static byte[] Npy(OtherTensor tensor, bool columnMajor = false)
    {
        string descr = tensor.Dtype switch { "F64" => "<f8", "F32" => "<f4", "F16" => "<f2", _ => "<i8" };
        string shape = $"({string.Join(", ", tensor.Shape)}{(tensor.Shape.Length == 1 ? "," : "")})";
        return Data.Npz.Array(descr, shape, tensor.Bytes, fortranOrder: columnMajor ? "True" : "False");
    }
}
