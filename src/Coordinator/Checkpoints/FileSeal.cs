using System.Text;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>
/// The digest inside a safetensors file, by which a torn or rotten one is known. It stands in <c>__metadata__</c> under <see cref="Key"/>
/// and is the SHA-256
/// of every byte of the file, its own 64 digits counted as zeros: no byte is left out, header and padding included.
/// </summary>
internal static class FileSeal
{
    public const string Key = "file_digest";

    public const int Digits = 64;

    /// <summary>What stands in the digest's place while it is computed.</summary>
    public static readonly string Blank = new('0', Digits);

    /// <summary>
    /// Where the digits begin in <paramref name="header"/>, or -1. A quote inside a JSON string is escaped, so the unescaped pattern can
    /// only be the key itself.
    /// </summary>
    public static int Find(ReadOnlySpan<byte> header)
    {
        byte[] pattern = Encoding.ASCII.GetBytes($"\"{Key}\":\"");
        int start = header.IndexOf(pattern);
        return start < 0 || header.Length - start - pattern.Length < Digits ? -1 : start + pattern.Length;
    }
}
