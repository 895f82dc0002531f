using System.Buffers;
using Distributed.Protocol.Wire.Messages;
using Grpc.Core;

namespace Distributed.Protocol.Wire;

/// <summary>A message from the coordinator, with the weights that some carry.</summary>
public sealed class CoordinatorFrame
{
    /// <param name="control">Everything but the tensor.</param>
    /// <param name="weights">What is sent; read while the frame is written, not later.</param>
    public CoordinatorFrame(FromCoordinator control, ReadOnlyMemory<float> weights = default)
    {
        Control = control;
        Weights = weights;
        if (!weights.IsEmpty)
        {
            control.TensorHeader = TensorCodec.Header(weights.Span);
        }
    }

    /// <summary>Everything but the tensor.</summary>
    public FromCoordinator Control { get; }

    /// <summary>What is sent.</summary>
    public ReadOnlyMemory<float> Weights { get; }

    /// <summary>How the coordinator's side writes frames; it reads none.</summary>
    public static Marshaller<CoordinatorFrame> Writer { get; } = Marshallers.Create<CoordinatorFrame>(
        (frame, context) => TensorCodec.Write(frame.Control, frame.Weights.Span, context),
        _ => throw new NotSupportedException("The coordinator reads no frames of its own kind."));

    /// <summary>How a worker reads frames: weights go straight into <paramref name="buffer"/>, which is asked for once they are due.</summary>
    public static Marshaller<CoordinatorFrame> ReaderInto(Func<WeightsBuffer?> buffer) => Marshallers.Create<CoordinatorFrame>(
        (_, _) => throw new NotSupportedException("A worker writes no frames of the coordinator's kind."),
        context => Read(context, buffer()));

    private static CoordinatorFrame Read(DeserializationContext context, WeightsBuffer? buffer)
    {
        (FromCoordinator control, ReadOnlySequence<byte>? tensor) =
            TensorCodec.Read(FromCoordinator.Parser, context.PayloadAsReadOnlySequence(), ProtocolLimits.WelcomeBytesMax);
        if (control.KindCase == FromCoordinator.KindOneofCase.Weights)
        {
            Receive(control, tensor, buffer);
        }
        else if (tensor is not null)
        {
            throw new WireException($"a message of kind {control.KindCase} has a tensor.");
        }

        return new CoordinatorFrame(control);
    }

    private static void Receive(FromCoordinator control, in ReadOnlySequence<byte>? tensor, WeightsBuffer? buffer)
    {
        if (buffer is null || control.Weights.Version < 0)
        {
            throw new WireException("weights came before this worker was ready for any.");
        }

        TensorCodec.CheckLength(control.TensorHeader, tensor, buffer.Values.Length);
        buffer.BeginWrite();
        TensorCodec.CopyTensor(control.TensorHeader, tensor!.Value, buffer.Values);
        buffer.EndWrite(new WeightsVersion(control.Weights.Version));
    }
}
