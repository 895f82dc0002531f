using Distributed.Numerics;

namespace Distributed.Protocol.Wire;

/// <summary>
/// How large what arrives over a link may be, and how long a peer may take. Every length from outside is held against these numbers before memory is taken.
/// </summary>
public static class ProtocolLimits
{
    /// <summary>Floats in one tensor.</summary>
    public const int TensorFloatsMax = 1 << 28;

    /// <summary>Bytes of a message apart from its tensor.</summary>
    public const int ControlBytesMax = 1 << 16;

    /// <summary>Bytes of the first message to a worker, which lists the training samples where they are not all.</summary>
    public const int WelcomeBytesMax = 1 << 30;

    /// <summary>Bytes of data in one chunk of a dataset.</summary>
    public const int DatasetChunkBytes = 1 << 18;

    /// <summary>Bytes that a probe may ask back.</summary>
    public const int EchoBytesMax = 1 << 15;

    /// <summary>Characters of a worker's name.</summary>
    public const int NameCharactersMax = 64;

    /// <summary>Characters of an exception's text that are shown.</summary>
    public const int DetailsCharactersMax = 16_000;

    /// <summary>Characters of a join token.</summary>
    public const int TokenCharactersMax = 512;

    /// <summary>Fewest characters of a join token that is worth the name.</summary>
    public const int TokenCharactersMin = 8;

    /// <summary>Connections of all peers together.</summary>
    public const int ConnectionsMax = 4096;

    /// <summary>Workers of one run.</summary>
    public const int WorkersMax = 1024;

    /// <summary>How long a peer may take to shake hands, and to say who it is.</summary>
    public static readonly TimeSpan HandshakeMax = TimeSpan.FromSeconds(10);

    static ProtocolLimits()
    {
        Check.That((long)TensorFloatsMax * sizeof(float) + ControlBytesMax <= int.MaxValue);
        Check.That(DatasetChunkBytes + ControlBytesMax <= int.MaxValue);
        Check.That(EchoBytesMax + 1024 <= ControlBytesMax);
        Check.That(DetailsCharactersMax * 3 < ControlBytesMax);
        Check.That(WorkersMax * 2 <= ConnectionsMax);
    }

    /// <summary>Bytes of the largest message that carries a tensor of <paramref name="floats"/>.</summary>
    public static int MessageBytesMax(int floats)
    {
        Check.That(floats >= 0);
        Check.That(floats <= TensorFloatsMax);
        return (floats * sizeof(float)) + ControlBytesMax;
    }
}
