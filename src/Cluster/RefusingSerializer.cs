using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Distributed.Clustering;

/// <summary>
/// Stands where Akka would put JSON, under JSON's number: JSON names the types that it makes, and a peer is not to choose what is made here.
/// </summary>
internal sealed class RefusingSerializer : Serializer
{
    /// <param name="system">The actors.</param>
    /// <param name="settings">JSON's, which Akka hands to whoever stands in its place.</param>
    public RefusingSerializer(ExtendedActorSystem system, Config settings)
        : base(system)
    {
    }

    /// <inheritdoc/>
    public override int Identifier => 1;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => throw new SerializationException($"{obj.GetType()} does not travel between nodes");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) => throw new SerializationException("JSON is not accepted from other nodes");
}
