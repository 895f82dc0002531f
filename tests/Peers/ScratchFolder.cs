using System.Runtime.InteropServices;

namespace Distributed.Peers;

/// <summary>A new empty folder that lasts as long as a test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("distributed-peers-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Root => _folder.FullName;

    /// <summary>Writes little-endian float32 values and returns the file's path.</summary>
    public string WriteFloats(string name, ReadOnlySpan<float> values)
    {
        File.WriteAllBytes(this[name], MemoryMarshal.AsBytes(values));
        return this[name];
    }

    /// <summary>Reads little-endian float32 values.</summary>
    public float[] ReadFloats(string name) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(this[name])).ToArray();

    public void Dispose() => _folder.Delete(recursive: true);
}
