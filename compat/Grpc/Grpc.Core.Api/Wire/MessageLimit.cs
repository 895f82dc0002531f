namespace Grpc.Core.Wire;

/// <summary>The largest message allowed in one direction (null: no limit) and the setting that says so.</summary>
internal readonly record struct MessageLimit(int? BytesMax, string Setting)
{
    public void CheckReceived(long bytes) => Check(bytes, "Received");

    public void CheckSending(long bytes) => Check(bytes, "Sending");

    private void Check(long bytes, string verb)
    {
        if (bytes <= (BytesMax ?? MessageHeader.PayloadBytesMax))
            return;
        string allowed = BytesMax is null ? $"the protocol allows {MessageHeader.PayloadBytesMax} here" : $"{Setting} is {BytesMax}";
        throw new RpcException(new Status(
            StatusCode.ResourceExhausted, $"{verb} message exceeds the maximum configured message size: {bytes} bytes, {allowed}."));
    }
}
