using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Distributed.Protocol;

/// <summary>SHA-256 of exact bytes, as 64 lower-case hexadecimal digits.</summary>
public readonly record struct Digest(string Hex)
{
    /// <summary>The digest of <paramref name="bytes"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>The digest of the little-endian float32 bytes of <paramref name="values"/>.</summary>
    public static Digest Of(ReadOnlySpan<float> values)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Weights are little-endian on disk and on the wire; this machine is big-endian.");
        }

        return Of(MemoryMarshal.AsBytes(values));
    }

    /// <inheritdoc/>
    public override string ToString() => Hex;
}
