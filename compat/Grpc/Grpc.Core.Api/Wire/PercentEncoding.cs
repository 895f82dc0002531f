using System.Text;

namespace Grpc.Core.Wire;

/// <summary>How grpc-message carries Unicode: UTF-8, with every byte outside printable ASCII, and '%', as %XX.</summary>
internal static class PercentEncoding
{
    public static string Encode(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~' and not '%'))
            return text;
        var encoded = new StringBuilder(text.Length + 16);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
            _ = b is >= (byte)' ' and <= (byte)'~' and not (byte)'%' ? encoded.Append((char)b) : encoded.Append('%').Append(b.ToString("X2"));
        return encoded.ToString();
    }

    /// <summary>What is not a valid escape stays as it is: a peer's bad sentence must not hide its status.</summary>
    public static string Decode(string text) => Uri.UnescapeDataString(text);
}
