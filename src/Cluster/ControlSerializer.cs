using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Distributed.Clustering.Messages;
using Google.Protobuf;

namespace Distributed.Clustering;

/// <summary>Our own messages on Akka's wire: protobuf under fixed names. Only these come out of it, whatever a peer sends.</summary>
internal sealed class ControlSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Bytes of one message: far above what one needs, far below what would be in the way of a heartbeat.</summary>
    internal const int BytesMax = 4096;

    private const string CoordinatorAtName = "coordinator-at";
    private const string WorkerAtName = "worker-at";
    private const string RunEndedName = "run-ended";

    /// <inheritdoc/>
    public override int Identifier => 7301;

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        CoordinatorAt => CoordinatorAtName,
        WorkerAt => WorkerAtName,
        RunEnded => RunEndedName,
        _ => throw new SerializationException($"{o.GetType()} is no message between nodes"),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        byte[] bytes = ((IMessage)obj).ToByteArray();
        return bytes.Length <= BytesMax
            ? bytes
            : throw new SerializationException($"a {Manifest(obj)} of {bytes.Length} bytes; {BytesMax} are allowed");
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (bytes.Length > BytesMax)
        {
            throw new SerializationException($"a {manifest} of {bytes.Length} bytes; {BytesMax} are allowed");
        }

        return manifest switch
        {
            CoordinatorAtName => CoordinatorAt.Parser.ParseFrom(bytes),
            WorkerAtName => WorkerAt.Parser.ParseFrom(bytes),
            RunEndedName => RunEnded.Parser.ParseFrom(bytes),
            _ => throw new SerializationException($"no message between nodes is called {manifest}"),
        };
    }
}
