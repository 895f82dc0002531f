using System.Runtime.InteropServices;
using Distributed.Coordinator.Exports.Onnx;
using Distributed.Numerics;
using Google.Protobuf;

namespace Distributed.Coordinator.Exports;

/// <summary>A chain of ONNX nodes, each fed by the one before.</summary>
/// <param name="name">The graph's.</param>
internal sealed class OnnxGraph(string name)
{
    /// <summary>The name that stands for the number of samples, in input and output alike.</summary>
    public const string BatchDimension = "batch";

    private string _last = "";

    /// <summary>The graph so far.</summary>
    public GraphProto Message { get; } = new() { Name = name };

    /// <summary>Declares the input, which feeds the first node: float32, batch×<paramref name="columns"/>.</summary>
    public void DeclareInput(string input, int columns, string meaning)
    {
        Check.That(Message.Input.Count == 0);
        Message.Input.Add(Matrix(input, columns, meaning));
        _last = input;
    }

    /// <summary>Declares the last node's output to be the graph's: float32, batch×<paramref name="columns"/>.</summary>
    public void DeclareOutput(int columns, string meaning)
    {
        Check.That(Message.Output.Count == 0);
        Message.Output.Add(Matrix(_last, columns, meaning));
    }

    /// <summary>Stores a constant: a vector or matrix of the given dimensions, or a scalar when there are none.</summary>
    /// <param name="values">Row-major.</param>
    public void AddConstant(string tensor, ReadOnlySpan<float> values, params ReadOnlySpan<int> dimensions)
    {
        Check.That(BitConverter.IsLittleEndian);
        var constant = new TensorProto { Name = tensor, DataType = (int)TensorProto.Types.DataType.Float };
        long count = 1;
        foreach (int dimension in dimensions)
        {
            constant.Dims.Add(dimension);
            count *= dimension;
        }

        Check.That(count == values.Length);
        constant.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
        Message.Initializer.Add(constant);
    }

    /// <summary>
    /// Adds the node that turns the chain's last tensor, and <paramref name="constants"/> after it, into <paramref name="output"/>.
    /// </summary>
    public void AddNode(string operation, string output, params ReadOnlySpan<string> constants)
    {
        var node = new NodeProto { Name = output, OpType = operation, Input = { _last }, Output = { output } };
        foreach (string constant in constants)
        {
            node.Input.Add(constant);
        }

        Message.Node.Add(node);
        _last = output;
    }

    /// <summary>Gives the newest node a whole-number attribute.</summary>
    public void SetAttribute(string attribute, int value) =>
        Message.Node[^1].Attribute.Add(new AttributeProto { Name = attribute, I = value, Type = AttributeProto.Types.AttributeType.Int });

    private static ValueInfoProto Matrix(string tensor, int columns, string meaning)
    {
        var shape = new TensorShapeProto
        {
            Dim =
            {
                new TensorShapeProto.Types.Dimension { DimParam = BatchDimension },
                new TensorShapeProto.Types.Dimension { DimValue = columns },
            },
        };
        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto { Name = tensor, Type = new TypeProto { TensorType = type }, DocString = meaning };
    }
}
