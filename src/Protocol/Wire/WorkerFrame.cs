using System.Buffers;
using Distributed.Protocol.Wire.Messages;
using Grpc.Core;

namespace Distributed.Protocol.Wire;

/// <summary>A message from a worker, with the gradient that a partial carries.</summary>
public sealed class WorkerFrame
{
    /// <param name="control">Everything but the tensor.</param>
    /// <param name="gradient">What is sent with a partial; read while the frame is written, not later.</param>
    public WorkerFrame(FromWorker control, ReadOnlyMemory<float> gradient = default)
    {
        Control = control;
        Gradient = gradient;
        if (!gradient.IsEmpty)
        {
            control.TensorHeader = TensorCodec.Header(gradient.Span);
        }
    }

    private WorkerFrame(FromWorker control, TensorLease? received)
    {
        Control = control;
        Received = received;
    }

    /// <summary>Everything but the tensor.</summary>
    public FromWorker Control { get; }

    /// <summary>What is sent.</summary>
    public ReadOnlyMemory<float> Gradient { get; }

    /// <summary>What was received, its checksum right; the reader owns it.</summary>
    public TensorLease? Received { get; }

    /// <summary>How frames become bytes. The length of a tensor is held against the message's own bytes before memory is taken.</summary>
    public static Marshaller<WorkerFrame> Marshaller { get; } = Marshallers.Create<WorkerFrame>(Write, Read);

    private static void Write(WorkerFrame frame, SerializationContext context) => TensorCodec.Write(frame.Control, frame.Gradient.Span, context);

    private static WorkerFrame Read(DeserializationContext context)
    {
        (FromWorker control, ReadOnlySequence<byte>? tensor) =
            TensorCodec.Read(FromWorker.Parser, context.PayloadAsReadOnlySequence(), ProtocolLimits.ControlBytesMax);
        if (control.KindCase != FromWorker.KindOneofCase.Partial)
        {
            return tensor is null ? new WorkerFrame(control, received: null) : throw new WireException($"a message of kind {control.KindCase} has a tensor.");
        }

        TensorCodec.CheckLength(control.TensorHeader, tensor, (int)((tensor?.Length ?? 0) / sizeof(float)));
        var lease = new TensorLease(control.TensorHeader.Floats);
        try
        {
            TensorCodec.CopyTensor(control.TensorHeader, tensor!.Value, lease.Memory.Span);
            return new WorkerFrame(control, lease);
        }
        catch
        {
            lease.Release();
            throw;
        }
    }
}
