using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Data;
using Distributed.Protocol;

namespace Distributed.Coordinator.Exports;

/// <summary>The tensors of a safetensors or NPZ file. Values can be read until it is closed.</summary>
internal sealed class TensorFile : IDisposable
{
    private const string TorchCall = "safetensors.torch.save_file(model.state_dict(), 'FILE.safetensors')";
    private const string KerasCall = "numpy.savez('FILE.npz', *model.get_weights())";

    private readonly IDisposable? _archive;

    private TensorFile(IReadOnlyList<ImportedTensor> tensors, IDisposable? archive)
    {
        Tensors = tensors;
        _archive = archive;
    }

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<ImportedTensor> Tensors { get; }

    /// <summary>Opens the file at <paramref name="path"/>. InputException: it is missing, damaged or of another kind.</summary>
    public static TensorFile Open(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".safetensors" => OpenSafetensors(path),
        ".npz" => OpenNpz(path),
        ".pt" or ".pth" or ".bin" or ".ckpt" => throw Refusal(path, "a pickle can run code", TorchCall),
        ".h5" or ".hdf5" or ".keras" => throw Refusal(path, "HDF5 is not read", KerasCall),
        _ => throw new InputException($"'{path}' is not read: initial weights come from FILE.safetensors or FILE.npz."),
    };

    /// <inheritdoc/>
    public void Dispose() => _archive?.Dispose();

    private static InputException Refusal(string path, string reason, string call) =>
        new($"'{path}' is not read, since {reason}: initial weights come from FILE.safetensors or FILE.npz, so save them with {call}.");

    private static TensorFile OpenSafetensors(string path)
    {
        using FileStream stream = DataFile.OpenRead(path);
        SafetensorsFile file = SafetensorsReader.Read(stream, path);
        return new TensorFile([.. file.Entries.Select(entry => Describe(file, entry))], archive: null);
    }

    private static ImportedTensor Describe(SafetensorsFile file, SafetensorsEntry entry) => new(entry.Name, entry.Dtype, entry.Shape, () =>
        FloatDecoding.Decode(entry.Dtype, file.Bytes(entry.Name))
            ?? throw new InputException($"'{file.Name}': the values of '{entry.Name}' are {entry.Dtype}; {FloatDecoding.Types} are read."));

    private static TensorFile OpenNpz(string path)
    {
        FileStream stream = DataFile.OpenRead(path);
        try
        {
            NpzArchive archive = NpzArchive.Open(stream, path);
            return new TensorFile([.. archive.Arrays.Select(array => Describe(archive, array))], archive);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static ImportedTensor Describe(NpzArchive archive, string array)
    {
        using ByteSource source = archive.OpenArray(array);
        NpyHeader header = NpyHeader.Read(source);
        return new ImportedTensor(array, $"{header.Type.Kind}{header.Type.Bytes}", header.Shape, () => ReadNpy(archive, array));
    }

    private static float[] ReadNpy(NpzArchive archive, string array)
    {
        using ByteSource source = archive.OpenArray(array);
        NpyHeader header = NpyHeader.Read(source);
        if (header.Type.Kind != 'f')
        {
            throw new InputException($"{source.Name}: weights are floating-point numbers; convert with .astype('float32').");
        }

        float[] stored = ReadValues(source, header);
        bool isColumnMajor = header is { IsColumnMajor: true, Shape.Count: 2 };
        return isColumnMajor ? Transposition.Of(stored, (int)header.Shape[1], (int)header.Shape[0]) : stored;
    }

    private static float[] ReadValues(ByteSource source, NpyHeader header)
    {
        long count = header.Shape.Aggregate(1L, (product, dimension) => checked(product * dimension));
        float[] stored = new float[count];
        var values = new NpyValues(source, header, count);
        while (values.TryRead(out long first, out ReadOnlySpan<double> chunk))
        {
            for (int i = 0; i < chunk.Length; i++)
            {
                stored[first + i] = (float)chunk[i];
            }
        }

        source.ExpectEnd($"the array of shape {header.ShapeText}");
        return stored;
    }
}
