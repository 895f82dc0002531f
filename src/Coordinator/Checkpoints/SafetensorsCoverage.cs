namespace Distributed.Coordinator.Checkpoints;

/// <summary>The format's rule that the tensors fill the data region: nothing outside it, no overlap, no hole to hide bytes in.</summary>
internal static class SafetensorsCoverage
{
    /// <summary>Returns <paramref name="entries"/> in order of their offsets.</summary>
    /// <param name="entries">As they stand in the header.</param>
    /// <param name="dataStart">The byte of the file where the data region begins.</param>
    /// <param name="dataBytes">Bytes from there to the file's end.</param>
    public static IReadOnlyList<SafetensorsEntry> Check(SafetensorsEntry[] entries, long dataStart, long dataBytes)
    {
        SafetensorsEntry[] ordered = [.. entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        long covered = 0;
        foreach (SafetensorsEntry entry in ordered)
        {
            CheckSize(entry, dataStart);
            if (entry.Begin != covered)
            {
                throw new SafetensorsFormatException($"tensor '{entry.Name}' begins at data byte {entry.Begin}, where {covered} is next", dataStart + covered);
            }

            if (entry.End > dataBytes)
            {
                throw new SafetensorsFormatException(
                    $"it is cut short: tensor '{entry.Name}' ends at data byte {entry.End}, and there are {dataBytes}",
                    dataStart + dataBytes);
            }

            covered = entry.End;
        }

        if (covered != dataBytes)
        {
            throw new SafetensorsFormatException($"its tensors take {covered} bytes, and {dataBytes} follow the header", dataStart + covered);
        }

        return ordered;
    }

    private static void CheckSize(SafetensorsEntry entry, long dataStart)
    {
        int size = SafetensorsDtype.SizeOf(entry.Dtype);
        if (size == 0)
        {
            throw new SafetensorsFormatException($"tensor '{entry.Name}' has the unknown dtype '{entry.Dtype}'", dataStart + entry.Begin);
        }

        Int128 bytes = size;
        foreach (long dimension in entry.Shape)
        {
            bytes = System.Int128.Min(bytes * dimension, long.MaxValue);
        }

        if (entry.End < entry.Begin || bytes != entry.End - entry.Begin)
        {
            throw new SafetensorsFormatException(
                $"tensor '{entry.Name}' of {entry.Dtype} {entry.ShapeText} needs {bytes} bytes, "
                + $"and its data_offsets are {entry.Begin} to {entry.End}",
                dataStart + entry.Begin);
        }
    }
}
