using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Distributed.Coordinator.Tests.Checkpoints;

/// <summary>Forges a sealed file: changes its header and gives it a digest that matches, as an enemy or another program could.</summary>
internal static class Resealed
{
    public static byte[] Replace(byte[] file, string from, string to)
    {
        int headerBytes = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        string header = Encoding.UTF8.GetString(file, 8, headerBytes);
        Assert.Contains(from, header, StringComparison.Ordinal);
        return Seal(header.Replace(from, to, StringComparison.Ordinal), file[(8 + headerBytes)..]);
    }

    public static byte[] Seal(string header, byte[] data)
    {
        const string key = "\"file_digest\":\"";
        int digits = header.IndexOf(key, StringComparison.Ordinal) + key.Length;
        string blank = header[..digits] + new string('0', 64) + header[(digits + 64)..];
        string digest = Convert.ToHexStringLower(SHA256.HashData(Join(blank, data)));
        return Join(header[..digits] + digest + header[(digits + 64)..], data);
    }

    public static byte[] Join(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);
        return [.. prefix, .. json, .. data];
    }
}
