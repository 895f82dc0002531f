namespace Grpc.Core.Wire;

/// <summary>Metadata as HTTP headers: text as it is, bytes in base64, the protocol's own headers left out.</summary>
internal static class MetadataHeaders
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "grpc-encoding", "grpc-accept-encoding", "grpc-timeout", "grpc-status", "grpc-message",
        "content-type", "content-encoding", "te", "host", "accept-encoding",
    };

    public static string Encode(Metadata.Entry entry) => entry.IsBinary ? Convert.ToBase64String(entry.ValueBytes) : entry.Value;

    public static bool IsReserved(string name) => name.StartsWith(':') || Reserved.Contains(name);

    /// <summary>Adds one received header, unless it is the protocol's own.</summary>
    public static void Add(Metadata metadata, string name, string value)
    {
        if (IsReserved(name))
            return;
        if (!Metadata.Entry.HasBinarySuffix(name))
            metadata.Add(name, value);
        else
            foreach (string part in value.Split(','))
                metadata.Add(name, DecodeBase64(name, part.Trim()));
    }

    private static byte[] DecodeBase64(string name, string text)
    {
        byte[] bytes = new byte[text.Length];
        string padded = text.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out int count)
            ? bytes[..count]
            : throw new RpcException(new Status(StatusCode.Internal, $"The metadata value of '{name}' is not base64."));
    }
}
